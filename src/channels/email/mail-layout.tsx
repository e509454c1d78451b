import type { ComponentChildren, CSSProperties } from 'preact';
import { render } from 'preact-render-to-string';
import { light, sans, styles, styleSheet, text } from './mail-styles.js';

type MailFrame = {
  title: string;
  /** What a mail list shows after the subject. */
  preheader: string;
  archiveName: string;
  publicUrl: string;
  children: ComponentChildren;
  footer: ComponentChildren;
};

/** The frame of every mail: brand line, a card of one column, a quiet footer. */
export function MailLayout({ title, preheader, archiveName, publicUrl, children, footer }: MailFrame) {
  return (
    <mjml lang="en">
      <mj-head>
        <mj-title>{title}</mj-title>
        <mj-preview>{preheader}</mj-preview>
        <mj-raw>
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        </mj-raw>
        <mj-attributes>
          <mj-all font-family={sans} />
        </mj-attributes>
        <mj-style>{styleSheet}</mj-style>
      </mj-head>
      <mj-body width="600px" background-color={light.page} css-class="page">
        <Block padding="24px 28px 14px">
          <a href={publicUrl} class="ink" style={styles.brand}>
            TOCSIN
          </a>
          <span class="muted" style={styles.aside}>
            {` \u00A0 ${archiveName}`}
          </span>
        </Block>
        <mj-wrapper background-color={light.card} padding="12px 0" border-radius="6px" css-class="card">
          {children}
        </mj-wrapper>
        <Block padding="18px 28px 32px">{footer}</Block>
      </mj-body>
    </mjml>
  );
}

/** A full-width row of text. Words of archive texts in it take their own direction. */
export function Block({ padding, children }: { padding: string; children: ComponentChildren }) {
  return (
    <mj-section padding={padding}>
      <mj-column>
        <mj-text
          padding="0"
          font-size={text.fontSize}
          line-height={text.lineHeight}
          color={text.color}
          css-class="text"
        >
          {children}
        </mj-text>
      </mj-column>
    </mj-section>
  );
}

type CellProps = {
  /** Names the rules of the dark palette that apply to it. */
  class: string;
  tableStyle?: CSSProperties;
  style: CSSProperties;
  children: ComponentChildren;
};

/** A table of one cell: the one box that Outlook pads, borders and paints. */
export function Cell({ class: className, tableStyle = {}, style, children }: CellProps) {
  return (
    <table role="presentation" cellpadding="0" cellspacing="0" style={tableStyle}>
      <tr>
        <td dir="auto" class={className} style={style}>
          {children}
        </td>
      </tr>
    </table>
  );
}

/** A link that looks like a button. */
export function Button({ href, children }: { href: string; children: string }) {
  return (
    <Cell class="button" style={styles.buttonCell}>
      <a href={href} class="button" style={styles.button}>
        {children}
      </a>
    </Cell>
  );
}

/** Turns a mail made of MJML elements into HTML for mail clients. */
export async function mjmlToHtml(mail: ReturnType<typeof MailLayout>): Promise<string> {
  // Loading MJML takes 0.6 s and 25 MB, which a process that sends no mail need not spend.
  const { default: mjml } = await import('mjml');
  const { html } = await mjml(render(mail), { validationLevel: 'strict', keepComments: false, fonts: {} });
  // MJML indents its tables deeply: a fifth of the bytes of a mail of which Gmail shows the first 102 KB.
  return html.replaceAll(/\n\s+/g, '\n');
}
