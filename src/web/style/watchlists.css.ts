/** Watchlists: the follow button, the rule as a sentence, the backtest beside it, follows. */
export const watchlists = `.follow { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .3rem .7rem; margin: 0; }
.follow button, a.follow { padding: .45rem .9rem; font-size: .9rem; }
.follow-said { color: var(--added); font-size: .9rem; }
.follow-fault { color: var(--high); font-size: .9rem; max-width: 30rem; }
`;
