import type { ComponentChildren } from 'preact';
import { formTokenField } from '../frame/form-tokens.js';
import type { Visit } from '../frame/visit.js';

type FormProps = {
  visit: Visit;
  /** Where it is sent, without the site's base. */
  action: string;
  class?: string;
  /** More attributes of the element, such as those of htmx. */
  [attribute: `data-${string}`]: string | undefined;
  enctype?: 'multipart/form-data';
  id?: string;
  children: ComponentChildren;
};

/** A form that acts. It brings back the token by which it is known for one of ours. */
export function Form({ visit, action, children, ...attributes }: FormProps) {
  return (
    <form method="post" action={visit.site.base + action} {...attributes}>
      <input type="hidden" name={formTokenField} value={visit.formToken()} />
      {children}
    </form>
  );
}
