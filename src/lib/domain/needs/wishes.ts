// A micro-wish on its way: given a cap, claimed by one giver, fulfilled within the cap, rated. Pure. Rules [W1]-[W3].
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import type { WishState } from './states.ts';

export interface WishStanding {
  readonly status: WishState;
  readonly capFen: number;
  readonly claimedBy: string | null;
  readonly claimContact: string | null;
  readonly spentFen: number | null;
  readonly rating: number | null;
}

const wholeWithin = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/** [W1] A fresh wish. */
export const newWish = (capFen: number, mostFen: number): WishStanding | ServiceRefusal =>
  wholeWithin(capFen, 0, mostFen)
    ? { status: 'open', capFen, claimedBy: null, claimContact: null, spentFen: null, rating: null }
    : refuseService('W1', 'wish-cap-unfit', { yuan: Math.floor(mostFen / 100) });

/** [W2] */
export function claimed(wish: WishStanding, by: string, contact: string): WishStanding | ServiceRefusal {
  if (wish.status !== 'open') return refuseService('W2', 'wish-not-open');
  if (by.trim() === '' || contact.trim() === '') return refuseService('W2', 'contact-missing');
  return { ...wish, status: 'claimed', claimedBy: by.trim().slice(0, 60), claimContact: contact.trim().slice(0, 60) };
}

/** [W2] The office frees a wish whose giver cannot keep the promise. */
export const released = (wish: WishStanding): WishStanding | ServiceRefusal =>
  wish.status === 'claimed'
    ? { ...wish, status: 'open', claimedBy: null, claimContact: null }
    : refuseService('W2', 'wish-not-claimed');

/** [W3] Once it is fulfilled the giver's contact is not needed any more, and goes. */
export function fulfilled(wish: WishStanding, spentFen: number): WishStanding | ServiceRefusal {
  if (wish.status !== 'claimed') return refuseService('W3', 'wish-not-claimed');
  if (!wholeWithin(spentFen, 0, wish.capFen)) return refuseService('W3', 'wish-over-cap', { yuan: wish.capFen / 100 });
  return { ...wish, status: 'fulfilled', spentFen, claimContact: null };
}

/** [W3] */
export function rated(wish: WishStanding, rating: number): WishStanding | ServiceRefusal {
  if (wish.status !== 'fulfilled' || wish.rating !== null) return refuseService('W3', 'wish-not-fulfilled');
  return wholeWithin(rating, 1, 5) ? { ...wish, rating } : refuseService('W3', 'rating-unfit');
}
