import { base } from './base.css.js';
import { changes } from './changes.css.js';
import { destinations } from './destinations.css.js';
import { forms } from './forms.css.js';
import { overview } from './overview.css.js';
import { inbox } from './inbox.css.js';
import { palette } from './palette.css.js';
import { print } from './print.css.js';
import { watchlists } from './watchlists.css.js';

/** The one stylesheet. Colours come from the palette alone, so that light and dark are one sheet. */
export const style = [palette, base, forms, overview, watchlists, inbox, print].join('\n');
import { publicPages } from './public.css.js';
export const style = [palette, base, forms, changes, publicPages, print].join('\n');
import { signIn } from './sign-in.css.js';
export const style = [palette, base, forms, signIn, print].join('\n');
import { settings } from './settings.css.js';
export const style = [palette, base, forms, destinations, settings, print].join('\n');
