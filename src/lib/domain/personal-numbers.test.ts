// What must not be shown is found however it is typed; what people write about is left alone.
import { describe, expect, it } from 'vitest';
import { checkedOpinion, checkedVerdict, groupsLike } from './hearings/opinions.ts';
import { personalDataIn, withoutPersonalNumbers } from './personal-numbers.ts';

describe('[H9] personal numbers', () => {
  it.each([
    ['我电话13812345678', 'phone'],
    ['打 138 1234 5678 找我', 'phone'],
    ['１３８１２３４５６７８', 'phone'],
    ['138-1234-5678。', 'phone'],
    ['+86 138 1234 5678', 'phone'],
    ['0571-87654321', 'phone'],
    ['身份证330102199003074518', 'identity'],
    ['33010219900307451X', 'identity'],
    ['330102 19900307 451x', 'identity'],
    ['卡号 6222 0212 3456 7890 123', 'account'],
  ])('finds %s', (text, kind) => expect(personalDataIn(text)).toBe(kind));

  it.each([
    '2026-05-16 19:00-21:00',
    '预算 92000 元，物业自筹 22000 元',
    '3号楼2单元1楼到6楼',
    '充电棚离 12 栋只有 3.5 米，建议放 120 个车位',
    '96345 热线说归街道管',
    '第2026055期',
    '民法典第278条',
  ])('leaves %s alone', (text) => expect(personalDataIn(text)).toBeNull());

  it('are taken out where they name somebody, and nothing else is', () => {
    expect(withoutPersonalNumbers('找 138 1234 5678 或１３８１２３４５６７９，身份证330102199003074518。')).toBe(
      '找 *** 或***，身份证***。',
    );
    expect(withoutPersonalNumbers('2026-05-16 从 6222 0212 3456 7890 123 付 92000 元')).toBe(
      '2026-05-16 从 6222 0212 3456 7890 123 付 92000 元',
    );
  });

  it('is answered with what kind it was', () =>
    expect(checkedOpinion('请打13812345678', 300)).toMatchObject({ rule: 'H9', params: { kind: 'phone' } }));
});

describe('[O2] verdicts', () => {
  it('come with a reason, whatever they are', () => {
    expect(checkedVerdict('adopted', '  ')).toMatchObject({ reason: 'text-missing' });
    expect(checkedVerdict('maybe', '因为')).toMatchObject({ reason: 'verdict-missing' });
    expect(checkedVerdict('partly', ' 东门外先建 ')).toEqual({ verdict: 'partly', reason: '东门外先建' });
  });

  it('similar opinions are suggested, the likest group first', () => {
    const groups = [
      { groupId: 'far', title: '楼道堆物', texts: ['楼道里的旧家具要清'] },
      { groupId: 'near', title: '充电棚离住宅太近', texts: ['棚子离窗户太近，担心着火'] },
    ];
    expect(groupsLike('充电棚离我家窗户太近了', groups)[0]).toBe('near');
    expect(groupsLike('希望多种几棵树', groups)).toEqual([]);
  });
});
