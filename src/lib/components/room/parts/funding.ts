// A part of the council's room: the ballot of a funding vote. See index.ts.
export { default as FundingPaper } from '#lib/components/allocation/FundingPaper.svelte';
