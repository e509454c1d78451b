import type {
  AlertContent,
  ConfirmContent,
  NoticeContent,
  SummaryContent,
  TestContent,
} from './alert-content.js';
import type { CoverageContent } from './coverage-content.js';
import type { DigestContent } from './digest-content.js';
import type { EchoContent } from './echo-content.js';
import type { EchoKind } from './echo-kind.js';
import type { SignInContent } from './sign-in.js';

/** What a message says, by the kind of its delivery; one that signs in is none: it goes out by itself. */
export type Content =
  | AlertContent
  | TestContent
  | ConfirmContent
  | NoticeContent
  | SummaryContent
  | DigestContent
  | EchoContent
  | CoverageContent
  | SignInContent;

/** What of its kind a message tells, for kinds that tell one of several things. */
export type MessageAbout = EchoKind | CoverageContent['about'];
