// A session in memory that opens with what is overdue, settles it and sets something new. Played by tests that must see every event of the
// log: whatever a meeting says of follow-ups is here.
import type { FollowUpFact } from '#lib/domain/meeting/follow-ups.ts';
import { agendaItem, LawWorld, personOf } from './law-world.ts';

export const openFollowUps: readonly FollowUpFact[] = [
  {
    followUpId: 'f2',
    text: '补齐三号楼楼道灯',
    ownerPersonId: personOf('M21'),
    owner: '袁经理',
    dueOn: '2026-04-30',
    overdue: false,
  },
  {
    followUpId: 'f1',
    text: '更新居务公开栏',
    ownerPersonId: null,
    owner: '社区居委会',
    dueOn: '2026-04-10',
    overdue: true,
  },
];

export function playFollowUps(): LawWorld {
  const world = new LawWorld({ items: [agendaItem('open')] });
  world.facts = { ...world.facts, followUps: openFollowUps };
  world.open();
  world.do('M01', { type: 'openItem', itemId: 'open' });
  world.do('M03', { type: 'settleFollowUp', followUpId: 'f1', outcome: 'done', dueOn: null, note: '公开栏已更新' });
  world.do('M03', {
    type: 'settleFollowUp',
    followUpId: 'f2',
    outcome: 'extended',
    dueOn: '2026-05-29',
    note: '灯具到货推迟',
  });
  world.do('M03', {
    type: 'setFollowUp',
    itemId: 'open',
    text: '向居民公布施工期停放办法',
    ownerPersonId: personOf('M02'),
    ownerName: '',
    dueOn: '2026-05-20',
  });
  world.do('M03', {
    type: 'setFollowUp',
    itemId: null,
    text: '增设临时停放点',
    ownerPersonId: null,
    ownerName: '物业公司',
    dueOn: '2026-05-20',
  });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}
