import { base } from './base.css.js';
import { destinations } from './destinations.css.js';
import { forms } from './forms.css.js';
import { palette } from './palette.css.js';
import { print } from './print.css.js';
import { settings } from './settings.css.js';

/** The one stylesheet. Colours come from the palette alone, so that light and dark are one sheet. */
export const style = [palette, base, forms, destinations, settings, print].join('\n');
