import type { Row } from '../row.js';
import { cost } from './cost.js';
import { email } from './email.js';
import { endToEndBusy } from './end-to-end-busy.js';
import { endToEnd } from './end-to-end.js';
import { fanOut } from './fan-out.js';
import { hanging } from './hanging.js';
import { history } from './history.js';
import { intake } from './intake.js';
import { memory } from './memory.js';
import { webPages } from './pages.js';
import { rendering } from './rendering.js';
import { webhook, webhookTwo } from './webhook.js';

/** Every row, in the order of the table. The large ones stand together: they copy the same followers. */
export const rows: readonly Row[] = [
  fanOut,
  webhook,
  webhookTwo,
  email,
  rendering,
  endToEnd,
  endToEndBusy,
  intake,
  history,
  webPages,
  memory,
  cost,
  hanging,
];
