// A page to read, kept as a bookmark: it needs no script at all.
export const csr = false;
