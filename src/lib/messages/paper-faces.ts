// The type faces of papers by the names office programs know them by, and who made a file. Named once for every language: a face has one name.
export const paperFaces = { song: '仿宋', hei: '黑体', kai: '楷体', title: '宋体' } as const;
export const paperMaker = '议事';
