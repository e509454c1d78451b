import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How cookies of this installation are named and kept. */
export type CookieJar = {
  read(request: FastifyRequest, name: CookieName): string | null;
  /** @param maxAgeS seconds that the browser keeps it */
  set(reply: FastifyReply, name: CookieName, value: string, maxAgeS: number): void;
  clear(reply: FastifyReply, name: CookieName): void;
};

/** `session`: who is signed in. `browser`: tells one browser from others before anybody is. */
export type CookieName = 'session' | 'browser';

/** The injection token of the CookieJar. */
export const COOKIES = Symbol('COOKIES');

/**
 * Cookies that scripts cannot read and other sites cannot make a browser send with a form. Behind https also such that no
 * other host of the domain can set them (`__Host-`, RFC 6265bis).
 */
export function cookieJar({ publicUrl }: { publicUrl: string }): CookieJar {
  const { protocol, pathname } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const path = pathname.replace(/\/+$/, '') || '/';
  const prefix = !secure ? '' : path === '/' ? '__Host-' : '__Secure-';
  const write = (reply: FastifyReply, name: CookieName, value: string, maxAge: number) => {
    const cookie = stringifySetCookie({
      name: `${prefix}tocsin-${name}`,
      value,
      maxAge,
      path,
      secure,
      httpOnly: true,
      sameSite: 'lax',
    });
    void reply.header('set-cookie', cookie);
  };
  return {
    read: ({ headers }, name) => parseCookie(headers.cookie ?? '')[`${prefix}tocsin-${name}`] ?? null,
    set: write,
    clear: (reply, name) => write(reply, name, '', 0),
  };
}
