import { capitalised } from '../../domain/sentence.js';
import { Tier, tiers, type TierTerms } from '../../domain/tiers.js';

const rows: readonly { words: string; of: (terms: TierTerms) => string }[] = [
  { words: 'Watchlists', of: ({ watchlists }) => watchlists.toLocaleString('en') },
  { words: 'Follows', of: ({ follows }) => follows.toLocaleString('en') },
  {
    words: 'Alerts go to',
    of: ({ destinations }) =>
      destinations === 'all' ? 'Email, Slack, Teams, webhook' : 'Your own email address',
  },
  {
    words: 'How often',
    of: ({ cadences }) => (cadences.length === 1 ? 'Weekly digest' : 'At once, hourly, daily, weekly'),
  },
  {
    words: 'Regulatory citations',
    of: ({ locked }) => (locked.includes('regulatoryCitations') ? 'Locked' : 'Shown'),
  },
  { words: 'Compliance memo', of: ({ locked }) => (locked.includes('complianceMemo') ? 'Locked' : 'Shown') },
];

/** What each tier holds. */
export function TierTable() {
  return (
    <div class="table-wrap">
      <table class="tiers">
        <caption>
          What each plan holds. The words of every change, and their evidence, are in all of them.
        </caption>
        <thead>
          <tr>
            <td />
            {Tier.options.map((tier) => (
              <th key={tier} scope="col">
                {capitalised(tier)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ words, of }) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              {Tier.options.map((tier) => (
                <td key={tier}>{of(tiers[tier])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
