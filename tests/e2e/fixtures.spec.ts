// The checks that every page goes through, shown to go red on small bad pages.
import { expect, expectAccessible, expectKeyboardOrder, test } from './fixtures.ts';

const page = (body: string, style = 'button:focus, input:focus { outline: 2px solid }'): string =>
  `<!doctype html><html lang="en"><title>t</title><style>${style}</style><main><h1>h</h1>${body}</main></html>`;

test('a good small page passes', async ({ page: at }) => {
  await at.setContent(page('<button>a</button><button>b</button><label>c <input></label>'));
  await expectAccessible(at);
  await expectKeyboardOrder(at);
});

for (const [fault, body, style] of [
  ['goes in another order than it reads', '<button tabindex="2">a</button><button tabindex="1">b</button>', undefined],
  ['hides where the keyboard is', '<button>a</button><button>b</button>', 'button:focus { outline: none }'],
  [
    'traps the keyboard',
    '<button onkeydown="if (event.key === \'Tab\') event.preventDefault()">a</button><button>b</button>',
    undefined,
  ],
] as const)
  test(`a page that ${fault} is found`, async ({ page: at }) => {
    await at.setContent(page(body, style));
    await expect(expectKeyboardOrder(at)).rejects.toThrow();
  });

for (const [fault, body] of [
  ['a picture without words', '<img src="data:,">'],
  ['a box without a label', '<input>'],
  ['pale words', '<p style="color: #ccc; background: #fff">words</p>'],
] as const)
  test(`${fault} is found`, async ({ page: at }) => {
    await at.setContent(page(body));
    await expect(expectAccessible(at)).rejects.toThrow('axe');
  });
