import fc from 'fast-check';

/** Where encoders stumble: line ends, white space, dots, escapes, bytes of one character, half characters. */
const tricky = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '  ',
  '\t',
  '.',
  '..\r\n',
  '\r\n.\r\n',
  'From ',
  '\nFrom here',
  '=',
  '=\r\n',
  '=3D',
  '=_',
  '--=_',
  '\u0000',
  '\u007F',
  '\u0085',
  '\u00A0',
  '\u2028',
  '\u202E',
  '\uD83D',
  '\uDE00',
  'é',
  '“',
  '文',
  '😀',
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '<b>&amp;"</b>',
  'x'.repeat(70),
  'x'.repeat(73),
  'é'.repeat(24),
  'https://tocsin.example/a?b=c&d=e',
];

/** Text that a mail has to bring over as it is. */
export const oddText = fc
  .array(fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: 'binary', maxLength: 30 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
