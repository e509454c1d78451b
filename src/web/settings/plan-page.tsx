import { capitalised } from '../../domain/sentence.js';
import { Tier, tiers, type TierTerms } from '../../domain/tiers.js';
import { partWords } from '../../domain/wording.js';
import type { Visit } from '../frame/visit.js';
import type { PlanUse } from '../../watchlists/plan-use.service.js';
import { settingsPage } from './settings-frame.js';

const rows: readonly { name: string; of: (terms: TierTerms) => string }[] = [
  { name: 'Watchlists', of: ({ watchlists }) => figure(watchlists) },
  { name: 'Follows', of: ({ follows }) => figure(follows) },
  {
    name: 'Destinations',
    of: ({ destinations }) =>
      destinations === 'all' ? 'Email, Slack, Teams, webhooks' : 'Your own email address',
  },
  { name: 'Sent', of: ({ cadences }) => capitalised(cadences.map((mode) => cadenceNames[mode]).join(', ')) },
  { name: partWords.regulatoryCitations, of: ({ locked }) => shown(locked.includes('regulatoryCitations')) },
  { name: partWords.complianceMemo, of: ({ locked }) => shown(locked.includes('complianceMemo')) },
];

const cadenceNames = { instant: 'at once', hourly: 'hourly', daily: 'daily', weekly: 'weekly' } as const;

/** What the tier holds, how much of it is used, and what other tiers hold. */
export function planPage(visit: Visit, { tier, use }: { tier: Tier; use: PlanUse }): string {
  const terms = tiers[tier];
  return settingsPage(visit, '/settings/plan', {
    title: 'Your plan',
    children: (
      <>
        <p class="lead">
          You have the <strong>{tier}</strong> tier.
        </p>
        <div class="uses">
          <Use name="Watchlists" used={use.watchlists} most={terms.watchlists} />
          <Use name="Follows" used={use.follows} most={terms.follows} />
        </div>
        <h2>What each tier holds</h2>
        <div class="table-wrap">
          <table class="tiers">
            <caption class="unseen">Tiers compared; yours is {tier}</caption>
            <thead>
              <tr>
                <td />
                {Tier.options.map((name) => (
                  <th key={name} scope="col" class={name === tier ? 'own' : undefined}>
                    {name}
                    {name === tier && <span class="aside">yours</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  {Tier.options.map((name) => (
                    <td key={name} class={name === tier ? 'own' : undefined}>
                      {row.of(tiers[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="aside">
          Whoever runs this Tocsin changes the tier. It holds from the next alert on, and nothing that you
          have is taken away by it.
        </p>
      </>
    ),
  });
}

/** A figure, and a bar that says the same. */
function Use({ name, used, most }: { name: string; used: number; most: number }) {
  const share = Math.min(100, Math.round((used / most) * 100));
  const id = `use-${name.toLowerCase()}`;
  return (
    <div class="use">
      <p id={id}>
        <span>{name}</span>{' '}
        <span class="count">
          {figure(used)} of {figure(most)}
        </span>
      </p>
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        class={used >= most ? 'bar full' : 'bar'}
        aria-hidden="true"
      >
        <rect class="bar-ground" x="0" y="0" width="100" height="4" />
        <rect class="bar-part" x="0" y="0" width={used > 0 ? Math.max(1, share) : 0} height="4" />
      </svg>
      {used >= most && <p class="aside">That is all that the tier holds.</p>}
    </div>
  );
}

function figure(count: number): string {
  return count.toLocaleString('en');
}

function shown(isLocked: boolean): string {
  return isLocked ? 'Locked' : 'Shown';
}
