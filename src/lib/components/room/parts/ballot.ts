// A part of the council's room: one's ballot in a vote, and the sheets one is asked to check. See index.ts.
export { default as Sheet } from '#lib/components/vote/SheetToCheck.svelte';
export { default as Vote } from '#lib/components/vote/VoteScreen.svelte';
