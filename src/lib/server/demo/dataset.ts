// The demo community as data: the fictional 云锦里 with its people, council, projects and meetings. Read by whatever seeds or plays the demo
// and by tests that compare figures with it; it is never changed, and nothing a real community sees comes from here.
import additions from './additions.json' with { type: 'json' };
import dataset from './yunjinli.json' with { type: 'json' };

export { additions, dataset };

export type DemoMember = (typeof dataset.council.members)[number];

/** `M01`…`M25` and the two staff people `S01`, `S02`. */
export type DemoRef = string;

/** A sign-in printed when a program with the demo starts. */
export interface SignIn {
  readonly who: string;
  readonly loginName: string;
  readonly password: string;
}

/** The three-level names: community, zone, building group. */
export const buildingGroupWord = dataset.community.autonomy_levels[2] ?? '';

export const organisationOf = (orgId: string | null): string | null =>
  dataset.organizations.find(({ id }) => id === orgId)?.name ?? null;

export const hasSmartphone = (member: DemoMember): boolean => member.phone_type !== additions.phoneWithoutBrowser;
