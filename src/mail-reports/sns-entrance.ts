import { parsedUrl } from '../domain/web-url.js';
import { isSnsUrl, SnsCertificates, type FetchCertificate } from './sns-certificates.js';
import { isSigned, SnsMessage } from './sns-message.js';

/**
 * What a request in the name of Amazon SNS turned out to be. `refused`: it proves nothing, and the reason is for the log.
 * `confirm`: a topic of the operator's was subscribed to this endpoint, and whoever gets `url` confirms that. `ended`: the
 * subscription was taken back. `notification`: what the service behind the topic says, as JSON; `id` is the same for a repeat.
 */
export type SnsEntry =
  | { kind: 'refused'; reason: string }
  | { kind: 'confirm'; topicArn: string; url: URL }
  | { kind: 'ended'; topicArn: string }
  | { kind: 'notification'; id: string; topicArn: string; message: string };

/** Lets in what Amazon SNS signed for topics that the operator named; anybody can have Amazon sign for a topic of theirs. */
export class SnsEntrance {
  private readonly certificates: SnsCertificates;
  private readonly topicArns: ReadonlySet<string>;

  constructor(options: { topicArns: readonly string[]; fetchCertificate: FetchCertificate }) {
    this.certificates = new SnsCertificates(options.fetchCertificate);
    this.topicArns = new Set(options.topicArns);
  }

  /**
   * @param body of the request, as it came
   * @throws what fetching the certificate throws: answer with an error then, and Amazon tries again
   */
  async read(body: string, now: Date): Promise<SnsEntry> {
    const message = messageIn(body);
    if (message === null) return { kind: 'refused', reason: 'it is no SNS message' };
    // Before anything is fetched: strangers can't have us call Amazon.
    if (!this.topicArns.has(message.TopicArn)) return { kind: 'refused', reason: 'it is of another topic' };
    const key = await this.certificates.keyAt(message.SigningCertURL, now);
    if (key === null) return { kind: 'refused', reason: 'its certificate is none of Amazon SNS' };
    if (!isSigned(message, key)) return { kind: 'refused', reason: 'its signature is wrong' };
    const { Type, MessageId: id, TopicArn: topicArn } = message;
    if (Type === 'Notification') return { kind: 'notification', id, topicArn, message: message.Message };
    if (Type === 'UnsubscribeConfirmation') return { kind: 'ended', topicArn };
    const url = parsedUrl(message.SubscribeURL ?? '');
    if (url === null || !isSnsUrl(url))
      return { kind: 'refused', reason: 'it names no address to confirm at' };
    return { kind: 'confirm', topicArn, url };
  }
}

function messageIn(body: string): SnsMessage | null {
  try {
    return SnsMessage.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
