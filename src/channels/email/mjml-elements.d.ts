import type { ComponentChildren } from 'preact';

type Css = string | undefined;

/** The MJML elements that the mails use, so that JSX escapes their content and checks their attributes. */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      mjml: { lang: string; dir?: 'auto'; children: ComponentChildren };
      'mj-head': { children: ComponentChildren };
      'mj-title': { children: string };
      'mj-preview': { children: string };
      'mj-raw': { children: ComponentChildren };
      'mj-style': { children: string };
      'mj-attributes': { children: ComponentChildren };
      'mj-all': { 'font-family': string };
      'mj-body': {
        width: string;
        'background-color': string;
        'css-class'?: Css;
        children: ComponentChildren;
      };
      'mj-wrapper': {
        'background-color': string;
        padding: string;
        'border-radius'?: Css;
        'border-top'?: Css;
        'css-class'?: Css;
        children: ComponentChildren;
      };
      'mj-section': { padding: string; 'css-class'?: Css; children: ComponentChildren };
      'mj-column': { children: ComponentChildren };
      'mj-text': {
        padding?: Css;
        color?: Css;
        'font-size'?: Css;
        'line-height'?: Css;
        'css-class'?: Css;
        children?: ComponentChildren;
      };
    }
  }
}
