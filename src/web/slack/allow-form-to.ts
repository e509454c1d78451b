import type { FastifyReply } from 'fastify';

const own = "form-action 'self'";

/**
 * Lets the forms of this one answer lead on to another origin: browsers hold the content policy's `form-action` against where
 * a form is led after it was sent, too.
 */
export function allowFormTo(reply: FastifyReply, origin: string): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  if (!policy.includes(own)) throw new Error('the content policy of pages has no form-action of its own');
  void reply.header('content-security-policy', policy.replace(own, `${own} ${origin}`));
}
