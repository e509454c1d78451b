import { archive } from './archive.css.js';
import { base } from './base.css.js';
import { changes } from './changes.css.js';
import { charts } from './charts.css.js';
import { destinations } from './destinations.css.js';
import { forms } from './forms.css.js';
import { inbox } from './inbox.css.js';
import { operator } from './operator.css.js';
import { overview } from './overview.css.js';
import { palette } from './palette.css.js';
import { parts } from './parts.css.js';
import { print } from './print.css.js';
import { publicPages } from './public.css.js';
import { settings } from './settings.css.js';
import { signIn } from './sign-in.css.js';
import { tables } from './tables.css.js';
import { watchlists } from './watchlists.css.js';

/**
 * The one stylesheet: first what all pages share, then what belongs to the pages of one area, each under the area's class on
 * the body, so that it reaches no other. Colours come from the palette alone, so that light and dark are one sheet.
 */
export const style = [
  palette,
  base,
  forms,
  tables,
  parts,
  charts,
  archive,
  changes,
  destinations,
  inbox,
  operator,
  overview,
  publicPages,
  settings,
  signIn,
  watchlists,
  print,
].join('\n');
