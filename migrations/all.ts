import { Foundation1795996800000 } from './1795996800000-foundation.js';
import { DeliveryEngine1796083200000 } from './1796083200000-delivery-engine.js';
import { WatchlistFeed1796169600000 } from './1796169600000-watchlist-feed.js';
import { Suppression1796256000000 } from './1796256000000-suppression.js';
import { SlackWorkspace1796342400000 } from './1796342400000-slack-workspace.js';
import { MuteAndMessage1796428800000 } from './1796428800000-mute-and-message.js';
import { Confirmation1796515200000 } from './1796515200000-confirmation.js';
import { MailReport1796688000000 } from './1796688000000-mail-report.js';
import { StandingChanges1796774400000 } from './1796774400000-standing-changes.js';
import { Bundle1796860800000 } from './1796860800000-bundle.js';
import { Echo1796947200000 } from './1796947200000-echo.js';
import { Coverage1797033600000 } from './1797033600000-coverage.js';
import { Silence1797120000000 } from './1797120000000-silence.js';
import { Session1797206400000 } from './1797206400000-session.js';
import { SignIn1797292800000 } from './1797292800000-sign-in.js';
import { Search1797379200000 } from './1797379200000-search.js';
import { RecentChanges1797465600000 } from './1797465600000-recent-changes.js';
import { Inbox1797638400000 } from './1797638400000-inbox.js';
import { TokenUse1797724800000 } from './1797724800000-token-use.js';
import { DocumentWeek1797811200000 } from './1797811200000-document-week.js';
import { OperatorLists1797897600000 } from './1797897600000-operator-lists.js';
import { KeptCounts1798070400000 } from './1798070400000-kept-counts.js';

/** Every migration, oldest first. Those that were released are frozen. */
export const migrations = [
  Foundation1795996800000,
  DeliveryEngine1796083200000,
  WatchlistFeed1796169600000,
  Suppression1796256000000,
  SlackWorkspace1796342400000,
  MuteAndMessage1796428800000,
  Confirmation1796515200000,
  MailReport1796688000000,
  StandingChanges1796774400000,
  Bundle1796860800000,
  Echo1796947200000,
  Coverage1797033600000,
  Silence1797120000000,
  Session1797206400000,
  SignIn1797292800000,
  Search1797379200000,
  RecentChanges1797465600000,
  Inbox1797638400000,
  TokenUse1797724800000,
  DocumentWeek1797811200000,
  OperatorLists1797897600000,
  KeptCounts1798070400000,
];
