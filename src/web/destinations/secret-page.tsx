import type { DestinationWithSecret } from '../../destinations/destination.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { titleOf } from '../parts/destination-name.js';
import { Name } from '../parts/words.js';

type Shown = { destination: DestinationWithSecret; secret: string; isRotated: boolean };

/** The signing secret, on the answer that made it and nowhere else. */
export function secretPage(visit: Visit, { destination, secret, isRotated }: Shown): string {
  const path = `/destinations/${destination.id}`;
  const title = isRotated ? 'The new signing secret' : 'The webhook is made';
  return pageOf(
    <Layout visit={visit} area="destinations" title={title}>
      <p class="kicker">
        <a href={`${visit.site.base}/destinations`}>Destinations</a> ·{' '}
        <a href={visit.site.base + path}>
          <Name text={titleOf(destination)} />
        </a>
      </p>
      <h1>{title}</h1>
      <p>
        Copy the signing secret now: <strong>it is shown this once</strong>, and kept encrypted. If it gets
        lost, make a new one.
      </p>
      <p class="secret">
        <code>{secret}</code>
        <CopyButton text={secret} label="Copy" />
      </p>
      {isRotated && (
        <p class="note">
          The former secret stays valid for 24 hours. Until then each request carries a signature of both, so
          that you can change over without losing one.
        </p>
      )}
      <Verifying />
      <Form visit={visit} action={`${path}/test`}>
        <button type="submit">Send a test</button>
      </Form>
      <p class="aside after-list">
        <a href={visit.site.base + path}>To the destination</a>
      </p>
    </Layout>,
  );
}

/** How a receiver tells that a request is from here. */
function Verifying() {
  return (
    <section>
      <h2>Verify what comes</h2>
      <p>
        Requests are signed as{' '}
        <a href="https://www.standardwebhooks.com/" rel="noreferrer">
          Standard Webhooks
        </a>{' '}
        say. Take the body as it came, byte by byte, and let a library of your language check it:
      </p>
      <pre class="code">
        <code>{example}</code>
      </pre>
      <p>
        <code>webhook-id</code> stays the same through every attempt of a delivery: keep those you have seen,
        and a repeat does no harm. To try it on your machine, run{' '}
        <code>npx tocsin listen --secret-file FILE</code>.
      </p>
    </section>
  );
}

const example = `import { Webhook } from 'standardwebhooks';

const event = new Webhook(secret).verify(rawBody, request.headers);`;
