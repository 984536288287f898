// Figures by group without giving small groups away. Called by counts that break down what residents said (appraisals, straw polls).

/**
 * Splits groups into those that may be shown and those taken together: every group smaller than `least`, and with them the next smallest until
 * they are at least `least`, for otherwise the total less the shown ones would tell what a small group said. `hidden` is empty where nothing
 * is too small; where not even all of them together are enough, everything is in `hidden` and `enough` is false.
 */
export function splitSmallGroups<Group>(
  groups: readonly Group[],
  least: number,
  sizeOf: (group: Group) => number,
): { shown: Group[]; hidden: Group[]; enough: boolean } {
  const shown = [...groups].sort((a, b) => sizeOf(a) - sizeOf(b));
  const hidden: Group[] = [];
  const total = () => hidden.reduce((sum, group) => sum + sizeOf(group), 0);
  for (let next = shown[0]; next !== undefined; next = shown[0]) {
    if (sizeOf(next) >= least && (total() === 0 || total() >= least)) break;
    hidden.push(next);
    shown.shift();
  }
  return { shown, hidden, enough: hidden.length === 0 || total() >= least };
}
