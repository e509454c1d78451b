import type { FastifyReply } from 'fastify';
import type { Visit } from './visit.js';

/** After a form that acted: leads the browser on, so that loading anew does not act again. @param path of ours, without the base */
export function leadTo(reply: FastifyReply, { site }: Visit, path: `/${string}`): void {
  void reply.status(303).header('location', site.base + path);
}
