import { kindWords, severityWord } from '../../domain/wording.js';
import { WatchRule } from '../../domain/watch-rule.js';

const anything = WatchRule.parse({});

/** What a rule asks for: "severity Medium or higher, rising, words that match “arbitration”". */
export function ruleWords({ minSeverity, direction, minChange, kinds, keywords }: WatchRule): string {
  const isAnyKind = anything.kinds.every((kind) => kinds.includes(kind));
  const parts = [
    minSeverity !== 'low' &&
      `severity ${severityWord(minSeverity)}${minSeverity === 'high' ? '' : ' or higher'}`,
    direction !== 'any' && `severity that ${direction}`,
    minChange > 0 && `a move of ${minChange} ${minChange === 1 ? 'step' : 'steps'} or more`,
    !isAnyKind && `kinds: ${kinds.map((kind) => kindWords[kind].toLowerCase()).join(', ')}`,
    isAnyKind && kinds.includes('cosmetic') && 'cosmetic changes as well',
    keywords !== null && `words that match “${keywords}”`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'every change but of mere form' : parts.join('; ');
}
