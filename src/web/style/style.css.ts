import { archive } from './archive.css.js';
import { base } from './base.css.js';
import { forms } from './forms.css.js';
import { palette } from './palette.css.js';
import { print } from './print.css.js';

/** The one stylesheet. Colours come from the palette alone, so that light and dark are one sheet. */
export const style = [palette, base, forms, archive, print].join('\n');
