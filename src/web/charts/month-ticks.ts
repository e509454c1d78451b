/** A mark where a month begins. @property index of the first week of it @property label "Jun", with the year in January */
export type MonthTick = { index: number; label: string };

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The weeks with which months begin: those whose Monday is the first of its month. The first week of all gives none, since its month
 * began before.
 *
 * @param weeks Mondays, `YYYY-MM-DD`, one after the other
 */
export function monthTicks(weeks: readonly string[]): MonthTick[] {
  return weeks.flatMap((week, index) => {
    const before = weeks[index - 1];
    if (before === undefined || before.slice(0, 7) === week.slice(0, 7)) return [];
    const month = Number(week.slice(5, 7)) - 1;
    const name = names[month] ?? '';
    return [{ index, label: month === 0 ? `${name} ${week.slice(0, 4)}` : name }];
  });
}
