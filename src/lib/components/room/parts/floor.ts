// A part of the council's room: who speaks, who waits, and raising one's hand. See index.ts.
export { default as Speak } from '#lib/components/room/SpeakSheet.svelte';
export { default as Speaking } from '#lib/components/meeting/SpeakingCard.svelte';
