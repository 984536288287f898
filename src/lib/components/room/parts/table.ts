// A part of the council's room: what is on the table, a motion, a vote, a result. See index.ts.
export { default as Motion } from '#lib/components/meeting/MotionCard.svelte';
export { default as MotionDeeds } from '#lib/components/room/MotionActions.svelte';
export { default as PollNow } from '#lib/components/meeting/PollCard.svelte';
export { default as Result } from '#lib/components/meeting/ResultCard.svelte';
