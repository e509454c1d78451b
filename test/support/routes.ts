import { ModulesContainer } from '@nestjs/core';
import { ACCESS } from '../../src/accounts/principal.js';
import { PAGES_FOR } from '../../src/web/frame/page.guard.js';
import type { TestApp } from './app.js';

export type Route = {
  /** `Controller.handler`. */
  name: string;
  method: string;
  /** As it is declared: `/alerts/:id/note`. */
  path: string;
  /** Whose token reaches it: see `Access`; empty when it does not say. */
  access: string;
  /** Whose page it is: see `PageAccess`; undefined for what is none. */
  pagesFor: string | undefined;
};

/** In the order of Nest's RequestMethod. */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Every handler of the running app. */
export function routesOf(app: TestApp): Route[] {
  const found: Route[] = [];
  for (const { controllers } of app.app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      const type = metatype as { name: string; prototype: Record<string, object> };
      for (const key of Object.getOwnPropertyNames(type.prototype)) {
        const handler = Object.getOwnPropertyDescriptor(type.prototype, key)?.value as object | undefined;
        if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) continue;
        const of = (name: string) =>
          (Reflect.getMetadata(name, handler) ?? Reflect.getMetadata(name, type)) as string | undefined;
        const parts = [Reflect.getMetadata('path', type), Reflect.getMetadata('path', handler)] as string[];
        found.push({
          name: `${type.name}.${key}`,
          method: methods[Reflect.getMetadata('method', handler) as number] ?? '',
          path: `/${parts.join('/')}`.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, ''),
          access: of(ACCESS) ?? '',
          pagesFor: of(PAGES_FOR),
        });
      }
    }
  }
  return found;
}
