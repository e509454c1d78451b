import { LogLevel, WebClient, type FetchFunction, type Logger } from '@slack/web-api';

/** The client logs hosts, warnings and whole answers; what became of a call says what there is to say. */
const silence: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

type ClientOptions = {
  /** Slack's Web API unless an emulator is named; see `slackApiUrl`. */
  apiUrl: string | undefined;
  /** Makes the requests: with bounds of their own on time, answers and redirects, for the client has none. */
  fetch: FetchFunction;
};

/**
 * Slack's official client, as all calls of ours are made: one request a call, whatever becomes of it. Its defaults are ten
 * retries within half an hour and waiting out 429; when to try again is for whoever calls to decide.
 *
 * Made anew for each use: that takes 75 µs, and connections are those of `fetch`, so a cache of clients would save nothing and
 * keep tokens in memory at 25 KB each.
 *
 * @param token none for the calls of an app itself, such as `oauth.v2.access`
 */
export function slackClient(token: string | undefined, { apiUrl, fetch }: ClientOptions): WebClient {
  return new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: slackApiUrl(apiUrl) }),
    logger: silence,
    fetch,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  });
}

/** Where an emulator has its methods: an origin alone (`SLACK_API_URL`) stands for its `/api/`. */
export function slackApiUrl(apiUrl: string): string {
  const url = new URL(apiUrl);
  return url.pathname === '/' ? new URL('/api/', url).href : url.href;
}
