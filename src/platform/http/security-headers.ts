import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Scripts and styles are files of ours; no frame, nothing from elsewhere; forms go back to where they came from. */
const contentPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'connect-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The page of the API's description is the framework's, and brings styles of its own within its text. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const yearS = 31_536_000;

/**
 * All headers that keep browsers from harm, of every answer: pages, API and files. Only the sandbox's mailbox, which shows
 * strangers' mails in a frame, says others for itself.
 *
 * @param publicUrl where people reach it: behind https they are told to come by https alone
 */
export async function secureHeaders(
  app: NestFastifyApplication,
  { publicUrl }: { publicUrl: string },
): Promise<void> {
  const isSecure = publicUrl.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    // A frame of the mailbox shows what the same origin sends; pages say by their policy that they stand in none.
    xFrameOptions: { action: 'sameorigin' },
    referrerPolicy: { policy: 'no-referrer' },
    // The path of PUBLIC_URL may be one of many on its host, and other hosts of the domain are not ours to speak for.
    strictTransportSecurity: isSecure && { maxAge: yearS, includeSubDomains: false },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async ({ url }, reply) => {
      if (/^\/docs(?:[/?]|$)/.test(url)) void reply.header('content-security-policy', docsPolicy);
    });
}
