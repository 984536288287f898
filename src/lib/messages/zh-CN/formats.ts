// What each meeting format is called, by its id. A new format adds its name here and in ../en/formats.ts; messages.test.ts asks for both.
export const formats = {
  council: '共治协商委员会',
  open_space: '开放空间议事会',
  joint_meeting: '三方联席会议',
  deliberation_committee: '议事委员会',
  consultation: '民事协商会',
  appraisal_meeting: '民主评议会',
  hearing: '民主听证会',
};
