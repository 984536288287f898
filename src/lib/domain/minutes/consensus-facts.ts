// The facts of meetings whose parties agree instead of voting: what an item is about, where each party stands, what it ends with, who countersigned.
import type { MatterFact } from '#lib/domain/meeting/consensus.ts';
import { consensusIn, partiesOf, positionsOn } from '#lib/domain/meeting/consensus.ts';
import type { FactMakers, MatterSaid, Reading } from './fact.ts';

/** Follow-ups brought from before have a fact of their own. */
function matterSaid(matter: MatterFact, { said }: Reading): MatterSaid | null {
  const words = (text: string) => said({ text });
  if (matter.kind === 'follow_ups') return null;
  if (matter.kind === 'needs')
    return { kind: 'needs', needs: matter.needs.map(({ code, title }) => ({ code, title: words(title) })) };
  const { code, sentBy, text, listing, reason, listed } = matter;
  return {
    ...{ kind: 'task', code, listing, sentBy: words(sentBy), text: words(text), reason: words(reason) },
    listed: listed && { code: listed.code, text: words(listed.text) },
  };
}

export const consensusFacts: FactMakers = {
  MatterBrought: ({ seq, payload: { itemId, matter } }, reading) => {
    const again = reading.events.some(
      (event) => event.type === 'MatterBrought' && event.seq > seq && event.payload.itemId === itemId,
    );
    const said = again ? null : matterSaid(matter as MatterFact, reading);
    const item = reading.events.find((event) => event.type === 'ItemOpened' && event.payload.itemId === itemId);
    return said && { part: 'course', kind: 'matter', said: { matter: said }, ...(item ? { after: item.seq } : {}) };
  },
  /** Where every party stood at the end, told by the first that said so. */
  PositionStated: ({ seq, payload: { itemId } }, { events, end, said, personAt }) => {
    const first = events.find((event) => event.type === 'PositionStated' && event.payload.itemId === itemId);
    if (first?.seq !== seq) return null;
    const stated = positionsOn(end, itemId);
    return {
      part: 'course',
      kind: 'positions',
      said: {
        parties: partiesOf(end).flatMap(({ sectorId, name }) => {
          const own = stated[sectorId];
          return own ? [{ party: name, position: own.position, text: said(own.text), by: personAt(own.seatId) }] : [];
        }),
      },
    };
  },
  ItemConcluded: ({ seq, payload }, { events, said }) => {
    const { itemId, outcome, text, amountFen, ownerPersonId, owner, dueOn } = payload;
    const next = events.find(
      (event) =>
        (event.type === 'ConclusionWithdrawn' || event.type === 'ItemConcluded') &&
        event.seq > seq &&
        event.payload.itemId === itemId,
    );
    return {
      part: 'course',
      kind: 'conclusion',
      said: {
        ...{ outcome, text: said(text), amountFen, dueOn },
        owner: ownerPersonId === null ? said(owner) : [{ personId: ownerPersonId }],
        withdrawn: next?.type === 'ConclusionWithdrawn' ? said(next.payload.reason) : null,
      },
    };
  },
  MinutesPut: ({ seq, at, payload: { digest } }, { events, end, said, personAt }) => {
    const { minutes } = consensusIn(end);
    if (!minutes || events.some(({ type, seq: later }) => type === 'MinutesPut' && later > seq)) return null;
    return {
      part: 'closing',
      kind: 'countersigned',
      said: {
        ...{ at, digest },
        parties: partiesOf(end).flatMap(({ sectorId, name }) => {
          const signature = minutes.signatures[sectorId];
          if (!signature) return [];
          const { seatId, statement, way, text } = signature;
          return [{ party: name, by: seatId === null ? '' : personAt(seatId), statement, way, text: said(text) }];
        }),
      },
    };
  },
};
