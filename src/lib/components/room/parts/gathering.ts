// A part of the council's room: what is shown while people come together. See index.ts.
export { default as NoticeLink } from '#lib/components/meeting/NoticeCard.svelte';
export { default as Presence } from '#lib/components/meeting/PresenceBySector.svelte';
export { default as TakeSeat } from '#lib/components/room/TakeSeat.svelte';
export { default as Waiting } from '#lib/components/room/WaitingForSeat.svelte';
