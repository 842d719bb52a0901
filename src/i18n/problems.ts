import type { Text } from './index'

/** What a problem says, and the way out. `{…}` are the arguments of the code; Flink's own messages stand in them as they are. */
export interface ProblemText {
  readonly sentence: Text
  readonly hint: Text
}

const entry = (sentence: Text, hint: Text): ProblemText => ({ sentence, hint })
const none: Text = { en: '', zh: '' }

/** A code without an entry fails `dictionaries.test.ts`. */
export const problems = {
  // Configuration: one key
  'configuration-value': entry(
    { en: '“{value}” is no value for {key}, which takes a {type}.', zh: '{key} 的类型是 {type}，“{value}”不是它的合法取值。' },
    { en: 'Correct the value, or remove the key to get Flink’s default.', zh: '请改正取值，或者删除该键以使用 Flink 的默认值。' },
  ),
  'configuration-integer': entry(
    { en: '“{value}” is no whole number; {key} takes one, without a unit.', zh: '“{value}”不是整数；{key} 需要一个不带单位的整数。' },
    { en: 'Write digits only, for example 4.', zh: '只写数字，例如 4。' },
  ),
  'configuration-number': entry(
    { en: '“{value}” is no number; {key} takes one, without a unit.', zh: '“{value}”不是数字；{key} 需要一个不带单位的数字。' },
    { en: 'Write a number, for example 0.5.', zh: '请写一个数字，例如 0.5。' },
  ),
  'configuration-boolean': entry(
    { en: '{key} is true or false, not “{value}”.', zh: '{key} 只能是 true 或 false，不能是“{value}”。' },
    { en: 'Write true or false.', zh: '请写 true 或 false。' },
  ),
  'configuration-duration': entry(
    { en: '“{value}” is no length of time, which {key} takes.', zh: '{key} 需要一段时长，“{value}”不是时长。' },
    {
      en: 'Write a whole number and a unit: 200 ms, 10 s, 5 min, 1 h, 1 d. Without a unit it is ms.',
      zh: '请写整数加单位：200 ms、10 s、5 min、1 h、1 d。不写单位时按毫秒计。',
    },
  ),
  'configuration-memory': entry(
    { en: '“{value}” is no amount of memory, which {key} takes.', zh: '{key} 需要一个内存大小，“{value}”不是内存大小。' },
    {
      en: 'Write a whole number and a unit: 32 kb, 64 mb, 1 gb. Without a unit it is bytes.',
      zh: '请写整数加单位：32 kb、64 mb、1 gb。不写单位时按字节计。',
    },
  ),
  'configuration-choice': entry(
    { en: '{key} cannot be “{value}”.', zh: '{key} 不能取“{value}”。' },
    { en: 'It takes one of: {choices}.', zh: '可以取的值有：{choices}。' },
  ),
  'configuration-bounds': entry(
    { en: '{key} is {value}, and must be {limits}.', zh: '{key} 的值是 {value}，应当在 {limits} 之内。' },
    {
      en: 'Choose a value within these bounds. Durations are counted in ms here, memory in bytes.',
      zh: '请取范围之内的值。这里时长按毫秒计，内存按字节计。',
    },
  ),
  'configuration-time': entry(
    { en: '“{value}” is no point in time, which {key} takes.', zh: '{key} 需要一个时刻，“{value}”不是时刻。' },
    {
      en: 'Write ms since 1970, above 0, or a date like 2001-01-01T00:00:00Z.',
      zh: '请写自 1970 年起的毫秒数（大于 0），或形如 2001-01-01T00:00:00Z 的日期。',
    },
  ),
  'configuration-unknown': entry(
    { en: 'Flink has no key {key}; it is ignored.', zh: 'Flink 没有 {key} 这个键，它不起作用。' },
    { en: 'Search the list of keys in the Cluster form.', zh: '可以在“集群”表单里搜索所有的键。' },
  ),
  'configuration-unknown-nearest': entry(
    {
      en: 'Flink has no key {key}; it is ignored. Did you mean {nearest}?',
      zh: 'Flink 没有 {key} 这个键，它不起作用。您要写的是 {nearest} 吗？',
    },
    { en: 'Write {nearest}.', zh: '改写为 {nearest}。' },
  ),
  'configuration-not-simulated': entry(
    { en: '{key} is Flink’s, but this simulator does not heed it.', zh: '{key} 是 Flink 的键，但本模拟器不理会它。' },
    { en: 'It may stay: on a real cluster it counts.', zh: '可以保留：在真实集群上它是有效的。' },
  ),
  'configuration-old-key': entry(
    { en: '{key} is an old name that still works; today it is {successor}.', zh: '{key} 是仍然有效的旧名称，现在叫 {successor}。' },
    { en: 'Write {successor}.', zh: '改写为 {successor}。' },
  ),

  // Configuration: the text
  'conf-too-long': entry(
    { en: 'This configuration is longer than {limit} characters.', zh: '这份配置超过了 {limit} 个字符。' },
    { en: 'Remove what does not belong in flink-conf.yaml.', zh: '请删去不属于 flink-conf.yaml 的内容。' },
  ),
  'conf-no-colon': entry(
    { en: '“{text}” has no colon.', zh: '“{text}”里没有冒号。' },
    { en: 'Write “key: value”, or # in front of a comment.', zh: '请写成“键: 值”，注释前面加 #。' },
  ),
  'conf-no-space': entry(
    {
      en: 'In “{text}” a space is missing after the colon. Flink would ignore the line.',
      zh: '“{text}”的冒号后面缺一个空格，Flink 会忽略这一行。',
    },
    { en: 'Put a space after the colon.', zh: '请在冒号后面加一个空格。' },
  ),
  'conf-no-value': entry(
    { en: '“{text}” has no value. Flink would ignore the line.', zh: '“{text}”没有值，Flink 会忽略这一行。' },
    { en: 'Put a value behind the colon, or remove the line.', zh: '请在冒号后面写上值，或删除这一行。' },
  ),
  'conf-nested': entry(
    { en: 'This line is indented; only flat keys are read here.', zh: '这一行有缩进；这里只读取平铺的键。' },
    {
      en: 'Write the whole key in one line, for example state.backend.type: hashmap.',
      zh: '请把完整的键写在一行里，例如 state.backend.type: hashmap。',
    },
  ),
  'conf-key': entry(
    { en: '“{text}” does not begin with a key.', zh: '“{text}”开头的不是合法的键。' },
    { en: 'A key is one word of letters, digits, dots and dashes.', zh: '键由字母、数字、点和连字符组成，中间没有空格。' },
  ),
  'conf-quotes': entry(
    {
      en: 'In “{text}” the quotation marks do not close, or something stands behind them.',
      zh: '“{text}”中的引号没有配对，或引号之后还有内容。',
    },
    { en: 'Put the whole value in quotes, or none of it.', zh: '请给整个值加引号，或都不加。' },
  ),
  'conf-twice': entry(
    { en: '{key} stands on line {line} already; this line counts.', zh: '{key} 在第 {line} 行已经出现过；以这一行为准。' },
    { en: 'Remove one of the two.', zh: '请删除其中一行。' },
  ),

  // The cluster's numbers
  'cluster-task-managers': entry(
    {
      en: 'A cluster of {value} TaskManagers cannot be simulated: {min} to {max} can.',
      zh: '无法模拟有 {value} 个 TaskManager 的集群：可以是 {min} 到 {max} 个。',
    },
    { en: 'For more subtasks raise taskmanager.numberOfTaskSlots.', zh: '需要更多子任务时，可以调大 taskmanager.numberOfTaskSlots。' },
  ),
  'cluster-link-latency': entry(
    {
      en: 'A link latency of {value} ms cannot be simulated: {min} to {max} ms can.',
      zh: '无法模拟 {value} 毫秒的链路延迟：可以是 {min} 到 {max} 毫秒。',
    },
    { en: 'The default is 10 ms.', zh: '默认值是 10 毫秒。' },
  ),
  'cluster-clock-start': entry(
    {
      en: 'The cluster’s clock cannot start at {value} ms: it must be a whole number above 0.',
      zh: '集群时钟不能从 {value} 毫秒开始：应当是大于 0 的整数。',
    },
    {
      en: 'Write ms since 1970, or a date like 2001-01-01T00:00:00Z.',
      zh: '请写自 1970 年起的毫秒数，或形如 2001-01-01T00:00:00Z 的日期。',
    },
  ),
  'cluster-record-cost': entry(
    {
      en: 'A record cannot cost {value} µs: {min} to {max} whole µs can be.',
      zh: '每条记录的耗时不能是 {value} 微秒：可以是 {min} 到 {max} 的整数。',
    },
    { en: 'The default is 20 µs.', zh: '默认值是 20 微秒。' },
  ),

  // Links and files
  'link-damaged': entry(
    { en: 'This link is damaged or cut off. Nothing was opened.', zh: '这个链接已损坏或不完整，没有打开任何内容。' },
    {
      en: 'Ask for it again, or copy all of it: some programs cut long links.',
      zh: '请对方重新发送，或完整地复制：有些程序会截断长链接。',
    },
  ),
  'link-newer': entry(
    {
      en: 'This link was made by a newer version of Tidemark (format {format}; here it is {newest}). Nothing was opened.',
      zh: '这个链接由更新版本的 Tidemark 生成（格式 {format}，这里是 {newest}），没有打开任何内容。',
    },
    { en: 'Reload the page to get the newest version.', zh: '请刷新页面以获取最新版本。' },
  ),
  'link-too-long': entry(
    {
      en: 'This link has {length} characters; at most {limit} are read. Nothing was opened.',
      zh: '这个链接有 {length} 个字符，最多读取 {limit} 个，没有打开任何内容。',
    },
    { en: 'Ask for a scenario file (.tidemark.json) instead.', zh: '请改用场景文件（.tidemark.json）。' },
  ),
  'link-inflates': entry(
    {
      en: 'This link unpacks to more than {limit} bytes, which no honest one does. Nothing was opened.',
      zh: '这个链接解压后超过 {limit} 字节，正常的链接不会这样，没有打开任何内容。',
    },
    { en: 'Do not trust where it came from.', zh: '请不要相信它的来源。' },
  ),
  'link-too-long-to-share': entry(
    {
      en: 'As a link this scenario has {length} characters; beyond {limit} many programs cut links.',
      zh: '这个场景做成链接有 {length} 个字符；超过 {limit} 个时，很多程序会截断链接。',
    },
    { en: 'Save it as a file and send that: drop it on the page to open it.', zh: '请保存为文件再发送：把文件拖到页面上即可打开。' },
  ),
  'scenario-newer': entry(
    {
      en: 'This scenario is of version {version}; here versions up to {newest} are read. Nothing was opened.',
      zh: '这个场景的版本是 {version}，这里只能读取到版本 {newest}，没有打开任何内容。',
    },
    { en: 'Reload the page to get the newest version.', zh: '请刷新页面以获取最新版本。' },
  ),
  'scenario-version': entry(
    {
      en: 'This says it is a scenario of version “{version}”, which there never was.',
      zh: '它声称是版本“{version}”的场景，而这个版本从未存在过。',
    },
    { en: 'It was not made by Tidemark, or changed by hand.', zh: '它不是由 Tidemark 生成的，或者被手工改过。' },
  ),
  'scenario-shape': entry(
    {
      en: 'This is no scenario: at “{path}” there is {found} where {expected} belongs.',
      zh: '这不是一个场景：在“{path}”处是 {found}，而应当是 {expected}。',
    },
    { en: 'Nothing was opened. If you changed the file by hand, look there.', zh: '没有打开任何内容。如果您手工改过文件，请检查该处。' },
  ),
  'file-too-big': entry(
    { en: 'This file has {megabytes} MB; at most {limit} MB are read.', zh: '这个文件有 {megabytes} MB，最多读取 {limit} MB。' },
    { en: 'Take a part of it.', zh: '请截取其中一部分。' },
  ),
  'file-missing': entry({ en: 'There is no file {file}.', zh: '没有 {file} 这个文件。' }, { en: 'Check the path.', zh: '请检查路径。' }),
  'file-not-json': entry(
    { en: 'This file is no JSON, so it is no scenario.', zh: '这个文件不是 JSON，因此不是场景文件。' },
    {
      en: 'Scenario files end in .tidemark.json. Drop tables on the Events pane.',
      zh: '场景文件以 .tidemark.json 结尾；数据表请拖到“事件”面板上。',
    },
  ),

  // Topics and tables
  'topic-unnamed': entry(
    { en: 'A topic has no name.', zh: '有一个主题（topic）没有名称。' },
    { en: 'Give it the name that the program reads from.', zh: '请给它起程序要读取的名称。' },
  ),
  'topic-twice': entry(
    { en: 'There are two topics “{topic}”.', zh: '有两个名为“{topic}”的主题（topic）。' },
    { en: 'Rename or remove one of them.', zh: '请给其中一个改名，或删除它。' },
  ),
  'topic-unknown': entry(
    { en: 'There is no topic “{topic}”. There are: {topics}.', zh: '没有名为“{topic}”的主题（topic）。现有：{topics}。' },
    { en: 'Correct the name in the program, or add the topic in the Events pane.', zh: '请改正程序中的名称，或在“事件”面板中添加该主题。' },
  ),
  'topic-none': entry(
    {
      en: 'There is no topic “{topic}”: this scenario has no topics.',
      zh: '没有名为“{topic}”的主题（topic）：此场景还没有主题。',
    },
    {
      en: 'Add it in the Events pane, or on the command line with --input {topic}=FILE.',
      zh: '请在“事件”面板中添加，或在命令行中使用 --input {topic}=文件。',
    },
  ),
  'topic-partitions': entry(
    {
      en: 'Topic {topic} cannot have {value} partitions: 1 to {max} can be.',
      zh: '主题 {topic} 不能有 {value} 个分区：可以是 1 到 {max} 个。',
    },
    { en: 'Each partition is read by one source subtask.', zh: '每个分区由一个 source 子任务读取。' },
  ),
  'topic-speed': entry(
    { en: 'Topic {topic} cannot pass at {value} times the speed of its data.', zh: '主题 {topic} 不能以数据 {value} 倍的速度到达。' },
    {
      en: 'Choose a speed above 0, for example 3600: an hour of the data in a second.',
      zh: '请取大于 0 的速度，例如 3600：一秒钟走过数据里的一小时。',
    },
  ),
  'topic-rate': entry(
    { en: 'Topic {topic} cannot send a record each {value} ms.', zh: '主题 {topic} 不能每 {value} 毫秒发送一条记录。' },
    { en: 'Choose 0 (all at once) or more.', zh: '请取 0（全部立即到达）或更大的值。' },
  ),
  'topic-no-event-time': entry(
    { en: 'The records of {topic} carry no event time of their own.', zh: '{topic} 的记录本身不带事件时间（event time）。' },
    { en: 'Choose the column that holds it, or assign timestamps in the program.', zh: '请选择存放事件时间的列，或在程序中分配时间戳。' },
  ),
  'topic-column-missing': entry(
    { en: 'The table has no column “{column}”.', zh: '表中没有“{column}”这一列。' },
    { en: 'Choose another column for {role}, or rename one.', zh: '请为 {role} 选择别的列，或给某一列改名。' },
  ),
  'event-time-missing': entry(
    { en: 'Row {row} has nothing in “{column}”, where its time belongs.', zh: '第 {row} 行的“{column}”是空的，那里应当是时间。' },
    { en: 'Fill in ms since 1970 or a date, or delete the row.', zh: '请填写自 1970 年起的毫秒数或日期，或删除该行。' },
  ),
  'event-time-text': entry(
    { en: 'Row {row}: “{text}” in “{column}” is no time.', zh: '第 {row} 行：“{column}”中的“{text}”不是时间。' },
    {
      en: 'Write ms since 1970, or a date like 2001-01-01T06:55:00Z.',
      zh: '请写自 1970 年起的毫秒数，或形如 2001-01-01T06:55:00Z 的日期。',
    },
  ),
  'event-time-negative': entry(
    { en: 'Row {row}: {value} ms in “{column}” is before 1970.', zh: '第 {row} 行：“{column}”中的 {value} 毫秒早于 1970 年。' },
    { en: 'Flink takes it as it is. If it is a mistake, correct the cell.', zh: 'Flink 会照样接受。如果写错了，请改正这个单元格。' },
  ),
  'arrival-too-late': entry(
    {
      en: 'Row {row} would arrive after {days} days, later than any run goes.',
      zh: '第 {row} 行要在 {days} 天之后才到达，超出了任何一次运行的时长。',
    },
    { en: 'Raise the speed, or check the arrival column.', zh: '请提高速度，或检查到达时间所在的列。' },
  ),
  'edit-lost': entry(
    { en: 'A change to row {row} {column} finds nothing to change.', zh: '对第 {row} 行 {column} 的修改找不到对象。' },
    {
      en: 'The table under it has changed. Undo the edit, or leave it: nothing else is affected.',
      zh: '底层的表已经变了。可以撤销这次修改，也可以不管它：其他内容不受影响。',
    },
  ),
  'app-data-missing': entry(
    { en: 'The table “{file}” could not be loaded.', zh: '无法加载数据表“{file}”。' },
    {
      en: 'Check the connection and try again. If the link is from elsewhere, this copy of Tidemark may not have that table.',
      zh: '请检查网络后重试。如果链接来自别处，这份 Tidemark 可能没有这个表。',
    },
  ),
  'table-too-big': entry(
    { en: 'This table has {megabytes} MB; at most {limit} MB are read.', zh: '这个表有 {megabytes} MB，最多读取 {limit} MB。' },
    { en: 'Take a part of it. The table that was there is still there.', zh: '请截取其中一部分。原来的表没有改变。' },
  ),
  'table-too-many-rows': entry(
    { en: 'This table has more than {limit} rows.', zh: '这个表超过了 {limit} 行。' },
    { en: 'Take a part of it. The table that was there is still there.', zh: '请截取其中一部分。原来的表没有改变。' },
  ),
  'table-too-many-columns': entry(
    { en: 'This table has {columns} columns; at most {limit} are read.', zh: '这个表有 {columns} 列，最多读取 {limit} 列。' },
    { en: 'Remove columns that the program does not need.', zh: '请删去程序用不到的列。' },
  ),
  'table-empty': entry(
    { en: 'There are no rows in this.', zh: '里面没有数据行。' },
    { en: 'The first line names the columns, the rows follow.', zh: '第一行是列名，之后是数据行。' },
  ),
  'table-not-text': entry(
    { en: 'This is no text file.', zh: '这不是文本文件。' },
    { en: 'Save it as CSV (UTF-8) or JSON.', zh: '请另存为 CSV（UTF-8）或 JSON。' },
  ),
  'table-unnamed-column': entry(
    { en: 'Column {number} has no name.', zh: '第 {number} 列没有名称。' },
    { en: 'Give every column a name in the first line.', zh: '请在第一行给每一列起名。' },
  ),
  'table-duplicate-column': entry(
    { en: 'There are two columns “{column}”.', zh: '有两列都叫“{column}”。' },
    { en: 'Rename one of them in the first line.', zh: '请在第一行给其中一列改名。' },
  ),
  'table-column-name': entry(
    { en: 'A column cannot be called “{column}”.', zh: '列名不能是“{column}”。' },
    { en: 'Choose a shorter or another name.', zh: '请换一个更短的或别的名称。' },
  ),
  'table-ragged-row': entry(
    { en: 'This row has {found} cells, the header {expected}.', zh: '这一行有 {found} 个单元格，而表头有 {expected} 个。' },
    {
      en: 'Put text that contains the separator in quotes, or fill in the empty cells.',
      zh: '含有分隔符的文本请加引号，或把缺少的单元格补上。',
    },
  ),
  'table-quotes': entry(
    {
      en: 'A quotation mark in this row is not closed, or stands in the middle of a cell.',
      zh: '这一行有引号没有配对，或出现在单元格中间。',
    },
    { en: 'Close it, or double it inside a quoted cell.', zh: '请补上另一半；在带引号的单元格内，引号要写两遍。' },
  ),
  'table-long-cell': entry(
    { en: 'This cell has more than {limit} characters.', zh: '这个单元格超过了 {limit} 个字符。' },
    { en: 'Shorten it, or leave the column out.', zh: '请缩短内容，或去掉这一列。' },
  ),
  'table-mixed-column': entry(
    {
      en: '“{column}” would be a column of numbers but for “{text}” here; it is read as text.',
      zh: '“{column}”本是数字列，但这里出现了“{text}”，因此按文本读取。',
    },
    { en: 'Correct or empty that cell if the program expects numbers.', zh: '如果程序需要数字，请改正或清空该单元格。' },
  ),
  'table-not-json': entry(
    { en: 'Line {line} is no JSON.', zh: '第 {line} 行不是 JSON。' },
    { en: 'A table is a list of objects, or one object a line.', zh: '表应当是对象的列表，或每行一个对象。' },
  ),
  'table-row-no-object': entry(
    { en: 'This row is no object with columns as fields.', zh: '这一行不是以列名为字段的对象。' },
    { en: 'Write rows as {"column": value, …}.', zh: '请把行写成 {"列名": 值, …}。' },
  ),
  'table-nested-value': entry(
    {
      en: '“{column}” holds a list or an object here; a cell is text, a number, true, false or null.',
      zh: '这里的“{column}”是列表或对象；单元格只能是文本、数字、true、false 或 null。',
    },
    { en: 'Spread it over columns of its own.', zh: '请把它拆成单独的列。' },
  ),
  'table-more-problems': entry({ en: 'And {count} more of these.', zh: '另外还有 {count} 处。' }, none),
  'generator-unknown': entry(
    { en: 'There is no generator “{generator}”.', zh: '没有名为“{generator}”的数据生成器。' },
    { en: 'Choose one from the list.', zh: '请从列表中选择。' },
  ),
  'generator-parameter': entry(
    {
      en: '“{parameter}” of the generator must be a whole number within {limits}.',
      zh: '生成器的参数“{parameter}”应当是 {limits} 之内的整数。',
    },
    { en: 'Correct it in the Events pane.', zh: '请在“事件”面板中改正。' },
  ),

  // The library
  'storage-unavailable': entry(
    {
      en: 'This browser keeps nothing here (a private window, or storage is switched off): your work lives as long as this tab.',
      zh: '此浏览器不在这里保存任何内容（无痕窗口，或存储被关闭）：您的工作只在本标签页打开期间存在。',
    },
    { en: 'Save it as a file, or share it as a link.', zh: '请保存为文件，或用链接分享。' },
  ),
  'storage-full': entry(
    {
      en: 'The browser’s storage is full: this was not saved. It is still open here.',
      zh: '浏览器的存储已满：没有保存成功，但内容仍在这里打开着。',
    },
    { en: 'Delete scenarios from the library, or save this one as a file.', zh: '请从场景库中删除一些场景，或把它保存为文件。' },
  ),
  'storage-failed': entry(
    { en: 'The browser could not save or read this: {message}', zh: '浏览器未能保存或读取：{message}' },
    { en: 'It is still open here. Save it as a file.', zh: '内容仍在这里打开着，请保存为文件。' },
  ),
  'storage-newer': entry(
    { en: 'The library was written by a newer version of Tidemark.', zh: '场景库是由更新版本的 Tidemark 写入的。' },
    { en: 'Reload the page, and close other tabs of Tidemark.', zh: '请刷新页面，并关闭其他 Tidemark 标签页。' },
  ),
  'library-missing': entry(
    { en: 'That scenario is no longer in the library.', zh: '这个场景已不在场景库中。' },
    { en: 'It may have been deleted in another tab.', zh: '它可能在另一个标签页里被删除了。' },
  ),

  // Files of runs
  'files-refused': entry(
    {
      en: 'This browser keeps no files (a private window, or storage is switched off): checkpoints and savepoints lie in memory.',
      zh: '此浏览器不保存文件（无痕窗口，或存储被关闭）：checkpoint 和 savepoint 只在内存中。',
    },
    {
      en: 'The run is right all the same. Nothing of it is there when this tab is closed: download a savepoint to keep it.',
      zh: '运行结果不受影响，但关闭本标签页后什么也不会留下：要保留 savepoint，请下载它。',
    },
  ),
  'files-full': entry(
    {
      en: 'The browser’s storage is full: the run stopped, for its files cannot be kept. What it has done so far is still here.',
      zh: '浏览器的存储已满，无法保存运行的文件，运行已停止。到目前为止的内容仍在这里。',
    },
    {
      en: 'Delete what you do not need under “Checkpoints and savepoints” in the library’s menu, and run again.',
      zh: '请在场景库菜单的“checkpoint 与 savepoint”中删除不需要的内容，然后重新运行。',
    },
  ),
  'files-failed': entry(
    { en: 'The files of this run could not be written or read: {message}', zh: '无法写入或读取本次运行的文件：{message}' },
    { en: 'Run again; if it happens again, reload the page.', zh: '请重新运行；如果再次发生，请刷新页面。' },
  ),
  'files-lost': entry(
    { en: 'The file {path} is not there any more.', zh: '文件 {path} 已经不存在了。' },
    { en: 'It was deleted meanwhile, here or in another tab. Run again.', zh: '它在此期间被删除了，可能是在另一个标签页里。请重新运行。' },
  ),
  'files-torn': entry(
    { en: 'The file {path} is damaged: it is not what was written.', zh: '文件 {path} 已损坏，与写入时的内容不一致。' },
    {
      en: 'Nothing is restored from it. Delete its checkpoint or savepoint, and start from another.',
      zh: '不会从它恢复任何内容。请删除它所属的 checkpoint 或 savepoint，从另一个开始。',
    },
  ),
  'restore-missing': entry(
    { en: 'There is no checkpoint or savepoint at {path} on this machine.', zh: '本机上的 {path} 没有 checkpoint 或 savepoint。' },
    {
      en: 'There are: {there}. Or add its file under “Checkpoints and savepoints”.',
      zh: '现有的是：{there}。也可以在“checkpoint 与 savepoint”中添加它的文件。',
    },
  ),
  'restore-nothing': entry(
    {
      en: 'There is no checkpoint or savepoint at {path} on this machine, nor anywhere else on it.',
      zh: '本机上的 {path} 没有 checkpoint 或 savepoint，其他位置也没有。',
    },
    {
      en: 'Add its file under “Checkpoints and savepoints” in the library’s menu, or take execution.state-recovery.path out.',
      zh: '请在场景库菜单的“checkpoint 与 savepoint”中添加它的文件，或删除 execution.state-recovery.path。',
    },
  ),
  'restore-not-there': entry(
    {
      en: 'The job cannot begin: there is no checkpoint or savepoint at {path}.',
      zh: '作业无法开始：{path} 没有 checkpoint 或 savepoint。',
    },
    {
      en: 'Correct execution.state-recovery.path (a savepoint’s own directory, or its _metadata), or take it out to begin from nothing.',
      zh: '请改正 execution.state-recovery.path（savepoint 自己的目录，或其中的 _metadata），或删除它，从空状态开始。',
    },
  ),
  'restore-no-metadata': entry(
    {
      en: 'The job cannot begin: there are files at {path}, but no _metadata, without which they mean nothing.',
      zh: '作业无法开始：{path} 有文件，但没有 _metadata，缺了它这些文件无从解读。',
    },
    {
      en: 'Only what was completed has a _metadata. Name the directory of one checkpoint (chk-…) or savepoint, not the one above it.',
      zh: '只有已完成的快照才有 _metadata。请写某个 checkpoint（chk-…）或 savepoint 的目录，而不是它的上级目录。',
    },
  ),
  'restore-torn': entry(
    {
      en: 'The job cannot begin: the _metadata at {path} is damaged or of another version ({cause}).',
      zh: '作业无法开始：{path} 的 _metadata 已损坏，或版本不同（{cause}）。',
    },
    {
      en: 'Nothing of a torn snapshot is used. Begin from another one, or copy this one again whole.',
      zh: '不会使用残缺快照的任何内容。请从另一个开始，或重新完整复制这一个。',
    },
  ),
  'restore-unreadable': entry(
    { en: 'The job cannot begin: {path} cannot be read: {cause}', zh: '作业无法开始：无法读取 {path}：{cause}' },
    {
      en: 'The file system fails at that moment. Mend it (file system in the Cluster pane, or the intervention that breaks it).',
      zh: '文件系统此时出错。请修复它（集群面板中的文件系统，或使它出错的干预）。',
    },
  ),
  'restore-other-program': entry(
    {
      en: 'The job cannot begin from {path}: it holds state of operator {operator}, and no operator of this program has that id.',
      zh: '作业无法从 {path} 开始：其中有算子 {operator} 的状态，而此程序没有这个 id 的算子。',
    },
    {
      en: 'Give the operator the uid() that it had, or leave its state behind: execution.state-recovery.ignore-unclaimed-state (--allowNonRestoredState).',
      zh: '请给该算子设置原来的 uid()；或用 execution.state-recovery.ignore-unclaimed-state（--allowNonRestoredState）舍弃这份状态。',
    },
  ),
  'restore-max-parallelism': entry(
    {
      en: 'The job cannot begin from {path}: operator {operator} had max parallelism {was}, and the program sets {is}.',
      zh: '作业无法从 {path} 开始：算子 {operator} 原来的最大并行度是 {was}，程序设置的是 {is}。',
    },
    {
      en: 'Set it to {was} again, or take setMaxParallelism out: then the snapshot’s counts. Key groups cannot be cut anew.',
      zh: '请改回 {was}，或删除 setMaxParallelism，由快照决定。key group 不能重新划分。',
    },
  ),
  'restore-chained': entry(
    {
      en: 'The job cannot begin from {path}: it holds records that were on their way to or from {operators}, between which there is no channel any more.',
      zh: '作业无法从 {path} 开始：其中有发往或来自 {operators} 的在途记录，而这些算子之间已没有通道。',
    },
    {
      en: 'Keep the chaining as it was, or begin from a savepoint or an aligned checkpoint: they hold nothing that is on its way.',
      zh: '请保持原来的链接方式；或从 savepoint、对齐的 checkpoint 开始，它们不含在途数据。',
    },
  ),
  'restore-failed': entry(
    { en: 'The state at {path} does not fit this job: {message}', zh: '{path} 的状态与此作业不符：{message}' },
    {
      en: 'Take back what changed since it was taken (parallelism, partitioning, max parallelism), or begin from another one.',
      zh: '请撤销快照之后的更改（并行度、分区方式、最大并行度），或从另一个快照开始。',
    },
  ),
  'snapshot-file': entry(
    {
      en: 'This file is no checkpoint or savepoint, or only a part of one.',
      zh: '这个文件不是 checkpoint 或 savepoint，或者只是其中一部分。',
    },
    { en: 'Take one that was downloaded here whole.', zh: '请选择从这里完整下载的文件。' },
  ),

  // The program
  'program-empty': entry(
    { en: 'The program is empty.', zh: '程序是空的。' },
    { en: 'Open a lesson or a template, or undo.', zh: '请打开一课或一个模板，或者撤销。' },
  ),
  'program-too-long': entry(
    { en: 'The program has {length} characters; at most {limit} are read.', zh: '程序有 {length} 个字符，最多读取 {limit} 个。' },
    { en: 'Move data out of the program into a topic.', zh: '请把数据从程序中移到主题（topic）里。' },
  ),
  'program-syntax': entry(
    { en: 'This does not parse: {message}', zh: '语法错误：{message}' },
    { en: 'Nothing ran. The last run is still there.', zh: '没有运行任何内容，上一次运行仍然保留。' },
  ),
  'program-type': entry(
    { en: '{message}', zh: '{message}' },
    { en: 'A type error warns only: the program can run.', zh: '类型错误只是警告：程序仍可运行。' },
  ),
  'program-import': entry(
    { en: 'There is no module “{name}” here.', zh: '这里没有“{name}”这个模块。' },
    { en: 'Programs import from ‘flink’ alone.', zh: '程序只能从 ‘flink’ 导入。' },
  ),
  'program-name': entry(
    { en: 'Module flink has no {name}.', zh: 'flink 模块中没有 {name}。' },
    {
      en: 'Names are those of Flink’s Java DataStream API; the editor completes them.',
      zh: '名称与 Flink 的 Java DataStream API 一致，编辑器会自动补全。',
    },
  ),
  'program-without-job': entry(
    { en: 'The program ended without env.execute(): there is no job to run.', zh: '程序结束时没有调用 env.execute()：没有作业可运行。' },
    { en: 'Call env.execute(‘name’) at the end.', zh: '请在末尾调用 env.execute(‘名称’)。' },
  ),
  'user-exception': entry(
    { en: '{class}: {message}', zh: '{class}: {message}' },
    {
      en: 'The program threw this. The task failed, as it would in Flink, and the restart strategy decided what came next.',
      zh: '这是程序抛出的异常。任务如在 Flink 中一样失败，之后由重启策略（restart strategy）决定。',
    },
  ),
  'source-function-endless': entry(
    {
      en: 'The run method of {operator} has emitted {limit} records and has not returned: it seems to loop until it is canceled.',
      zh: '{operator} 的 run 方法已经发出 {limit} 条记录仍未返回：它似乎要循环到被取消为止。',
    },
    {
      en: 'There is one thread here, so nobody can cancel it. Use fromSource with a LogSource or DataGeneratorSource; or write run as a generator, *run(ctx), that yields after each record: yield 100 waits 100 ms.',
      zh: '这里只有一个线程，没有人能取消它。请改用 fromSource 配合 LogSource 或 DataGeneratorSource；或者把 run 写成生成器 *run(ctx)，在每条记录之后 yield：yield 100 表示等待 100 毫秒。',
    },
  ),
  'user-code-endless': entry(
    {
      en: 'User code on {thread} did not return for {seconds} s, so it was ended.',
      zh: '{thread} 上的用户代码 {seconds} 秒没有返回，已被终止。',
    },
    { en: 'Look for a loop without an end. What was simulated before is still there.', zh: '请检查是否有死循环。此前模拟的内容仍然保留。' },
  ),
  'value-not-serializable': entry(
    { en: 'A record or state holds something that cannot travel: {message}', zh: '记录或状态中含有无法传输的内容：{message}' },
    {
      en: 'Records are numbers, texts, booleans, plain objects, tuples, lists, maps, sets and dates.',
      zh: '记录可以是数字、文本、布尔值、普通对象、元组、列表、Map、Set 和日期。',
    },
  ),
  'sandbox-memory': entry(
    { en: 'The program used up its memory, and the cluster’s threads with it.', zh: '程序耗尽了内存，集群的线程也随之终止。' },
    {
      en: 'Look for what grows without bound. What was simulated before is still there, and so is your text.',
      zh: '请检查哪里在无限增长。此前模拟的内容和您的代码都还在。',
    },
  ),
  'sandbox-flood': entry(
    {
      en: 'The program made {count} {what}, more than the cluster takes; it was ended.',
      zh: '程序产生了 {count} 个 {what}，超出集群所能承受，已被终止。',
    },
    { en: 'Look for a loop that prints or emits without end.', zh: '请检查是否有不停打印或输出的循环。' },
  ),

  // Plans (graph)
  'program-exception': entry(
    { en: '{class}: {message}', zh: '{class}: {message}' },
    {
      en: 'The main part of the program stopped here, so there was no job to run.',
      zh: '程序的主体部分在此中止，因此没有可运行的作业。',
    },
  ),
  'plan-no-run': entry(
    {
      en: 'This scenario shows a plan from elsewhere; there is no program in it that could run.',
      zh: '该场景展示的是别处的执行计划，其中没有可以运行的程序。',
    },
    { en: 'Open it in the playground to look at it, or take the plan out.', zh: '请在 playground 中打开查看，或移除该计划。' },
  ),
  'plan-too-large': entry(
    {
      en: 'This job has {subtasks} subtasks and {channels} channels, more than can be simulated.',
      zh: '该作业有 {subtasks} 个子任务（subtask）和 {channels} 条通道（channel），超出了可以模拟的规模。',
    },
    { en: 'Lower the parallelism.', zh: '请降低并行度（parallelism）。' },
  ),

  // Traces, and ourselves
  'trace-not-a-trace': entry(
    { en: 'This file is no trace.', zh: '这个文件不是运行轨迹（trace）。' },
    { en: 'Traces are written by bin/tidemark run --trace.', zh: '轨迹由 bin/tidemark run --trace 写出。' },
  ),
  'trace-newer': entry(
    {
      en: 'This trace is of version {version}, which this Tidemark does not read.',
      zh: '这份轨迹的版本是 {version}，当前的 Tidemark 无法读取。',
    },
    { en: 'Run the scenario again: the same scenario gives the same trace.', zh: '请重新运行场景：同样的场景会给出同样的轨迹。' },
  ),
  'trace-damaged': entry(
    { en: 'This trace is damaged.', zh: '这份轨迹已损坏。' },
    { en: 'Run the scenario again: the same scenario gives the same trace.', zh: '请重新运行场景：同样的场景会给出同样的轨迹。' },
  ),
  'trace-truncated': entry(
    { en: 'This trace breaks off after {events} events.', zh: '这份轨迹在 {events} 个事件之后中断。' },
    { en: 'Run the scenario again: the same scenario gives the same trace.', zh: '请重新运行场景：同样的场景会给出同样的轨迹。' },
  ),
  internal: entry(
    { en: 'Tidemark itself made a mistake: {message}', zh: 'Tidemark 自身出错了：{message}' },
    {
      en: 'The run was stopped rather than go on with something false. Share a link to this scenario with the makers.',
      zh: '为避免继续给出错误的结果，运行已停止。请把这个场景的链接发给开发者。',
    },
  ),

  // Before a job runs (runtime)
  'slots-too-few': entry(
    {
      en: '{needed} slots are needed in all, and the cluster starts with {offered}: what has none waits until one comes, at most for slot.request.timeout, and then fails.',
      zh: '总共需要 {needed} 个任务槽（slot），而集群开始时只有 {offered} 个：没有槽的任务会等待，超过 slot.request.timeout 仍没有就失败。',
    },
    {
      en: 'Lower the parallelism, or raise taskmanager.numberOfTaskSlots or the number of TaskManagers.',
      zh: '请降低并行度，或增大 taskmanager.numberOfTaskSlots 或 TaskManager 的数量。',
    },
  ),
  'not-simulated': entry(
    {
      en: '{operator} can be planned but is not simulated yet, so this job cannot run here.',
      zh: '{operator} 可以生成执行计划，但尚不支持模拟，因此该作业无法在这里运行。',
    },
    {
      en: 'Look at its graph, or take the operator out to run the rest.',
      zh: '可以查看它的作业图，或去掉该算子后运行其余部分。',
    },
  ),
  'batch-mode': entry(
    { en: 'Jobs in BATCH mode are not simulated yet.', zh: '尚不支持模拟 BATCH 模式的作业。' },
    {
      en: 'Leave execution.runtime-mode at STREAMING: bounded sources end there too.',
      zh: '请将 execution.runtime-mode 保持为 STREAMING：有界数据源在其中也会结束。',
    },
  ),
  'job-unbounded': entry(
    {
      en: 'The job is unbounded: it would wait for more records for ever. It was left at {seconds} s of the cluster’s clock, after all data had come.',
      zh: '这个作业是无界的，会一直等待更多记录。全部数据到达之后，已在集群时钟的 {seconds} 秒处结束观察。',
    },
    {
      en: 'Windows still open were not fired. `.setBounded()` on the source ends the job with its data.',
      zh: '仍未关闭的窗口没有触发。在数据源上调用 `.setBounded()`，作业就会随数据结束。',
    },
  ),
  'intervention-no-task-manager': entry(
    {
      en: 'There is no taskmanager-{host} to stop at that moment: {known} were started by then.',
      zh: '此刻没有可停止的 taskmanager-{host}：到这时只启动过 {known} 个 TaskManager。',
    },
    {
      en: 'Choose another TaskManager, start one before it, or delete this intervention: it does nothing.',
      zh: '请改选其他 TaskManager、在此之前先启动一个，或删除这个干预：它不起作用。',
    },
  ),
  'intervention-stopped-already': entry(
    { en: 'taskmanager-{host} was stopped before.', zh: 'taskmanager-{host} 之前已经停止。' },
    { en: 'Delete this intervention: it does nothing.', zh: '请删除这个干预：它不起作用。' },
  ),
  'intervention-not-started': entry(
    { en: 'taskmanager-{host} is not there yet at that time.', zh: '那一刻 taskmanager-{host} 还没有启动。' },
    { en: 'Choose a later time, or another TaskManager: it does nothing.', zh: '请改选更晚的时刻或其他 TaskManager：它不起作用。' },
  ),
  'intervention-no-span': entry(
    { en: 'It is over before it begins.', zh: '它在开始之前就结束了。' },
    { en: 'Choose a later end.', zh: '请把结束时刻改得更晚。' },
  ),
  'intervention-no-link': entry(
    { en: 'A process has no link to itself.', zh: '进程与自身之间没有连接。' },
    {
      en: 'Choose two different processes: 0 is the JobManager, from 1 on TaskManagers.',
      zh: '请选择两个不同的进程：0 是 JobManager，从 1 起是 TaskManager。',
    },
  ),
  'high-availability-no-storage': entry(
    {
      en: 'Missing high-availability storage path for metadata ({mode}).',
      zh: '启用了高可用（{mode}），却没有存放元数据的路径。',
    },
    {
      en: "Specify via configuration key 'high-availability.storageDir'.",
      zh: '请设置 high-availability.storageDir。',
    },
  ),
  'intervention-too-many-task-managers': entry(
    { en: 'More than {max} TaskManagers are too many for one browser.', zh: '一个浏览器最多只能运行 {max} 个 TaskManager。' },
    { en: 'Delete this intervention, or begin with fewer TaskManagers.', zh: '请删除这个干预，或减少开始时的 TaskManager 数量。' },
  ),
  'intervention-no-topic': entry(
    { en: 'There is no topic “{topic}”.', zh: '没有名为“{topic}”的主题（topic）。' },
    { en: 'Choose another topic, or delete this intervention: it does nothing.', zh: '请改选其他主题，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-partition': entry(
    {
      en: 'Topic {topic} has no partition {partition}: it has {partitions}, counted from 0.',
      zh: '主题 {topic} 没有分区 {partition}：它有 {partitions} 个分区，从 0 开始编号。',
    },
    { en: 'Choose another partition, or delete this intervention: it does nothing.', zh: '请改选其他分区，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-silence': entry(
    { en: 'This silence ends before it begins.', zh: '这段静默还没有开始就已结束。' },
    { en: 'Let it end later, or delete this intervention: it does nothing.', zh: '请推迟它的结束时间，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-task': entry(
    { en: 'The program has no task {vertex}, counted from 0.', zh: '程序没有任务 {vertex}（从 0 开始编号）。' },
    { en: 'Choose one in Graph, or delete this intervention: it does nothing.', zh: '请在图中选择一个任务，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-operator': entry(
    { en: 'The program has no operator {node}.', zh: '程序没有算子 {node}。' },
    { en: 'Choose one in Graph, or delete this intervention: it does nothing.', zh: '请在图中选择一个算子，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-subtask': entry(
    {
      en: '{name} has no subtask {subtask}: its parallelism is {parallelism}, counted from 0.',
      zh: '{name} 没有子任务（subtask）{subtask}：它的并行度是 {parallelism}，从 0 开始编号。',
    },
    { en: 'Choose another subtask, or delete this intervention: it does nothing.', zh: '请改选其他子任务，或删除这个干预：它不起作用。' },
  ),
  'intervention-no-job': entry(
    {
      en: 'The program has no job {job}: it submits {jobs}, counted from 0.',
      zh: '程序没有作业 {job}：它提交 {jobs} 个作业，从 0 开始编号。',
    },
    { en: 'Choose another job, or delete this intervention: it does nothing.', zh: '请改选其他作业，或删除这个干预：它不起作用。' },
  ),
  'row-no-partition': entry(
    {
      en: 'Row {row} was placed into partition {partition}, but there are {partitions}, counted from 0.',
      zh: '第 {row} 行被指定到分区 {partition}，但分区只有 {partitions} 个，从 0 开始编号。',
    },
    {
      en: 'It goes where its key or its number puts it. Give the topic more partitions, or undo.',
      zh: '它会按键或行号进入分区。请增加主题的分区数，或撤销。',
    },
  ),
  'window-panes': entry(
    {
      en: 'Each record falls into {panes} windows of {operator}: they are {size} ms long, and a new one begins every {slide} ms.',
      zh: '每条记录都会落入 {operator} 的 {panes} 个窗口：窗口长 {size} 毫秒，每 {slide} 毫秒就有一个新窗口开始。',
    },
    {
      en: 'State, timers and results grow by as much, and the run gets slow. Choose a longer slide or a shorter window; check the units, too.',
      zh: '状态、定时器和结果都会随之成倍增长，运行会变得很慢。请加大滑动步长或缩短窗口，并检查时间单位。',
    },
  ),
  // External services, which async functions ask
  'service-unnamed': entry(
    { en: 'An external service has no name.', zh: '有一个外部服务没有名称。' },
    { en: 'Give it the name by which the program asks it.', zh: '请给它起程序中使用的名称。' },
  ),
  'service-twice': entry(
    { en: 'There are two external services “{service}”.', zh: '有两个名为“{service}”的外部服务。' },
    { en: 'Rename or remove one of them.', zh: '请给其中一个改名，或删除它。' },
  ),
  'service-latency': entry(
    { en: '{service} cannot answer after {least} to {most} ms.', zh: '{service} 不能在 {least} 到 {most} 毫秒之后应答。' },
    { en: 'The least latency is 0 or more, and no more than the greatest.', zh: '最小延迟要大于等于 0，并且不超过最大延迟。' },
  ),
  'service-failing': entry(
    { en: '{service} cannot fail {failing} of 1000 requests.', zh: '{service} 不能在每 1000 个请求中失败 {failing} 个。' },
    { en: 'Choose 0 (never) to 1000 (always).', zh: '可以取 0（从不失败）到 1000（总是失败）。' },
  ),
  'service-key': entry(
    { en: 'The table of {service} has no column “{key}”.', zh: '{service} 的表中没有“{key}”这一列。' },
    { en: 'Choose the column by which rows are looked up.', zh: '请选择用来查找行的列。' },
  ),
  'service-ragged-row': entry(
    {
      en: 'Row {row} of {service} has {found} cells, where the table has {expected} columns.',
      zh: '{service} 的第 {row} 行有 {found} 个单元格，而表有 {expected} 列。',
    },
    { en: 'Fill in what is missing, or take away what is too much.', zh: '请补上缺少的单元格，或去掉多余的。' },
  ),
  'service-unknown': entry(
    { en: 'There is no external service “{service}”. There are: {services}.', zh: '没有名为“{service}”的外部服务。现有：{services}。' },
    { en: 'Correct the name in the program, or add the service to the scenario.', zh: '请改正程序中的名称，或在场景中添加该服务。' },
  ),
  'service-none': entry(
    { en: 'There is no external service “{service}”: this scenario has none.', zh: '没有名为“{service}”的外部服务：此场景没有外部服务。' },
    {
      en: 'Add it in the Cluster pane, under external services: a name, a latency and, if you like, a table.',
      zh: '请在“集群”面板的“外部服务”中添加：名称、延迟，需要时再加一张表。',
    },
  ),
  'service-outside': entry(
    { en: '{service} can be asked by async functions only.', zh: '只有异步函数（AsyncFunction）可以请求 {service}。' },
    {
      en: 'Ask it in `asyncInvoke` of a function that `AsyncDataStream` takes: there alone a task need not wait for the answer.',
      zh: '请在交给 `AsyncDataStream` 的函数的 `asyncInvoke` 中请求：只有在那里，任务才不必停下来等待应答。',
    },
  ),
  'outside-elsewhere': entry(
    { en: '{system} lies outside, and sinks alone can reach it.', zh: '{system} 在 Flink 之外，只有 sink（数据汇）能访问它。' },
    {
      en: 'Write to it in a SinkFunction, in a SinkWriter or in a Committer; to ask something outside there are async functions.',
      zh: '请在 SinkFunction、SinkWriter 或 Committer 中写入；若要向外部查询，请用异步函数。',
    },
  ),
  // Keys that are typed or pasted into the key groups view
  'key-not-of-type': entry(
    { en: '“{text}” is no {type}.', zh: '“{text}”不是 {type}。' },
    { en: 'Change it, or choose another type for the keys.', zh: '请修改它，或为键选择其他类型。' },
  ),
  'key-out-of-range': entry(
    { en: '“{text}” does not fit into the {bits} bits of a {type}.', zh: '“{text}”超出了 {type}（{bits} 位）的范围。' },
    { en: 'Choose a wider type.', zh: '请选择范围更大的类型。' },
  ),
  'key-tuple-arity': entry(
    { en: 'A tuple of {found} fields: here a tuple has at most {most}.', zh: '元组有 {found} 个字段，这里最多 {most} 个。' },
    { en: 'Take fields away.', zh: '请减少字段。' },
  ),
  'key-tuple-fields': entry(
    { en: '{found} fields, where the type has {expected}.', zh: '有 {found} 个字段，而类型有 {expected} 个。' },
    { en: 'One key a line, its fields parted by commas: (ORD,1).', zh: '每行一个键，字段用逗号分隔：(ORD,1)。' },
  ),
  'key-refused': entry(
    { en: '{class}: {message}', zh: '{class}: {message}' },
    { en: 'Flink takes this for no key; a job with it fails.', zh: 'Flink 不接受它作为键，使用它的作业会失败。' },
  ),
  'keys-too-many': entry(
    { en: 'Only the first {most} keys are looked at.', zh: '只计算前 {most} 个键。' },
    { en: 'Fewer keys spread no differently.', zh: '请减少键的数量，分布情况不会有本质差别。' },
  ),
  'keys-too-long': entry(
    { en: 'Only the first {most} characters are read.', zh: '只读取前 {most} 个字符。' },
    { en: 'Paste the column of the keys alone.', zh: '请只粘贴键所在的那一列。' },
  ),
  'edit-no-line': entry(
    { en: 'The program does not say where {operator} is made.', zh: '程序没有说明 {operator} 是在哪里创建的。' },
    { en: 'Change it in the program text.', zh: '请在程序文本中修改。' },
  ),
  'edit-made-several': entry(
    {
      en: 'Line {line} makes {count} operators with one {call}(): a change there would change them all.',
      zh: '第 {line} 行的同一个 {call}() 创建了 {count} 个算子：在那里修改会影响全部。',
    },
    { en: 'It stands in a loop or a function: change the program there.', zh: '它位于循环或函数中：请在那里修改程序。' },
  ),
  'edit-made-inside': entry(
    {
      en: '{operator} is a part of what {call}() makes and has no settings of its own.',
      zh: '{operator} 是 {call}() 所创建内容的一部分，没有自己的设置。',
    },
    { en: 'Change the operator that {call}() gives back.', zh: '请修改 {call}() 返回的算子。' },
  ),
  'edit-unclear': entry(
    { en: 'It cannot be told which call on line {line} makes {operator}.', zh: '无法判断第 {line} 行的哪个调用创建了 {operator}。' },
    { en: 'Change that line by hand, or write one call a line.', zh: '请手动修改该行，或每行只写一个调用。' },
  ),
  'edit-expression': entry(
    { en: '{call} on line {line} is given an expression: {text}', zh: '第 {line} 行的 {call} 得到的是一个表达式：{text}' },
    { en: 'Change what the expression gives.', zh: '请修改该表达式的值。' },
  ),
  'edit-elsewhere': entry(
    {
      en: '{call} is called on {variable} in several places, the last on line {line}.',
      zh: '{call} 在多处对 {variable} 调用，最后一处在第 {line} 行。',
    },
    { en: 'Change the one that counts by hand.', zh: '请手动修改起作用的那一处。' },
  ),
  'edit-shared': entry(
    {
      en: 'Line {line} partitions {variable}, and several operators read it.',
      zh: '第 {line} 行对 {variable} 做了分区，而有多个算子读取它。',
    },
    { en: 'A change there changes the edges of them all; make it by hand.', zh: '在那里修改会影响所有这些边；请手动修改。' },
  ),
  'edit-nothing': entry(
    {
      en: 'Nothing in the program can be taken away: {operator} is so by itself.',
      zh: '程序中没有可以去掉的内容：{operator} 本来就是如此。',
    },
    { en: 'Another edit may chain the two, or none can.', zh: '其他修改也许能把两者链接起来，也可能都不能。' },
  ),
  'edit-no-input': entry(
    { en: '{operator} has no such input.', zh: '{operator} 没有这样的输入。' },
    { en: 'Choose an operator behind another one.', zh: '请选择有上游的算子。' },
  ),
  'edit-several-inputs': entry(
    {
      en: '{operator} has {count} inputs; each has a partitioner of its own.',
      zh: '{operator} 有 {count} 个输入，每个输入都有自己的分区器 (partitioner)。',
    },
    { en: 'Choose one of its edges.', zh: '请选择其中一条边。' },
  ),
  'edit-keyed': entry(
    {
      en: 'keyBy decides where the records of {operator} go: it cannot be overridden.',
      zh: '{operator} 的记录去向由 keyBy 决定，不能再覆盖。',
    },
    { en: 'Without keyBy the operator would have no keys.', zh: '没有 keyBy，算子就没有键。' },
  ),
  'edit-sink-chain': entry(
    {
      en: 'A sink has no startNewChain(): {operator} can only be taken out of chains.',
      zh: 'sink 没有 startNewChain()：{operator} 只能完全不参与算子链。',
    },
    { en: 'Use disableChaining().', zh: '请使用 disableChaining()。' },
  ),
  'edit-chaining-configured': entry(
    { en: 'The program does not switch chaining off; the configuration does.', zh: '关闭算子链的不是程序，而是配置。' },
    {
      en: 'Set pipeline.operator-chaining.enabled to true in the cluster’s configuration.',
      zh: '请在集群配置中把 pipeline.operator-chaining.enabled 设为 true。',
    },
  ),
  'edit-value': entry(
    { en: 'A parallelism is a whole number from 1 to {max}; {value} is none.', zh: '并行度是 1 到 {max} 之间的整数；{value} 不是。' },
    { en: 'Choose another number.', zh: '请换一个数。' },
  ),
  'edit-empty': entry(
    { en: '{operator} cannot be given an empty name.', zh: '不能给 {operator} 空的名称。' },
    { en: 'Type a name.', zh: '请输入名称。' },
  ),
  'edit-same': entry(
    { en: '{operator} is so already.', zh: '{operator} 已经是这样。' },
    { en: 'There is nothing to change.', zh: '没有需要修改的内容。' },
  ),
  'edit-strategy': entry(
    {
      en: 'The watermark strategy of {operator} is not written as WatermarkStrategy.… where line {line} takes it.',
      zh: '第 {line} 行用到的 {operator} 的 watermark 策略不是直接写成 WatermarkStrategy.… 的。',
    },
    { en: 'Change it where it is made.', zh: '请在创建该策略的地方修改。' },
  ),
  'edit-window': entry(
    {
      en: 'The window of {operator} is not made in the chain of line {line}.',
      zh: '{operator} 的窗口不是在第 {line} 行的调用链中定义的。',
    },
    { en: 'Change it where it is made.', zh: '请在定义窗口的地方修改。' },
  ),
  'edit-span': entry(
    { en: '{value} is no number that can stand here: a whole one that is not negative.', zh: '这里不能填 {value}：需要一个非负整数。' },
    { en: 'Choose another.', zh: '请换一个值。' },
  ),
  'edit-syntax': entry(
    { en: 'The program does not parse as it stands.', zh: '程序目前无法解析。' },
    { en: 'Mend it first; then the picture can change it.', zh: '请先修好程序，然后才能在图上修改。' },
  ),
  'edit-clash': entry(
    { en: 'These changes touch the same text.', zh: '这些修改涉及同一段文本。' },
    { en: 'Make one of them, then the other.', zh: '请先做其中一个，再做另一个。' },
  ),
  'job-without-sink': entry(
    {
      en: 'No stream of this job ends in a sink: it will compute, and show nothing.',
      zh: '该作业没有任何流以 sink 结尾：它会计算，但不输出任何结果。',
    },
    { en: 'End a stream in print() or sinkTo(…).', zh: '请让某个流以 print() 或 sinkTo(…) 结尾。' },
  ),
  'unaligned-ignored': entry(
    {
      en: 'Unaligned checkpoints need mode EXACTLY_ONCE; without it Flink takes aligned ones.',
      zh: '不对齐检查点要求 EXACTLY_ONCE 模式；否则 Flink 使用对齐检查点。',
    },
    {
      en: 'Set execution.checkpointing.mode to EXACTLY_ONCE, or switch {key} off.',
      zh: '请把 execution.checkpointing.mode 设为 EXACTLY_ONCE，或关闭 {key}。',
    },
  ),
  'plan-too-long': entry(
    { en: 'This plan has {length} characters; at most {limit} are read.', zh: '此执行计划有 {length} 个字符，最多读取 {limit} 个。' },
    { en: 'Show the plan of a smaller job.', zh: '请改用较小作业的执行计划。' },
  ),
  'plan-not-json': entry(
    { en: 'This is no JSON.', zh: '这不是 JSON。' },
    {
      en: 'Copy the whole answer of GET /jobs/:id/plan, or all that getExecutionPlan() returned, from the first brace to the last.',
      zh: '请复制 GET /jobs/:id/plan 的完整响应，或 getExecutionPlan() 的全部返回值，从第一个花括号到最后一个。',
    },
  ),
  'plan-none': entry(
    { en: 'This JSON is no plan: it has no list of nodes.', zh: '此 JSON 不是执行计划：其中没有 nodes 列表。' },
    {
      en: 'A plan is what getExecutionPlan(), GET /jobs/:id/plan or GET /jobs/:id gives.',
      zh: '执行计划来自 getExecutionPlan()、GET /jobs/:id/plan 或 GET /jobs/:id。',
    },
  ),
  'plan-empty': entry(
    { en: 'This plan has no operators.', zh: '此执行计划中没有算子。' },
    { en: 'Take the plan of a job that has some.', zh: '请使用含有算子的作业的执行计划。' },
  ),
  'plan-too-many': entry(
    { en: 'This plan has {count} parts; at most {limit} are drawn.', zh: '此执行计划有 {count} 个部分，最多绘制 {limit} 个。' },
    { en: 'Take the plan of a smaller job.', zh: '请使用较小作业的执行计划。' },
  ),
  'plan-member': entry(
    { en: 'Node {node} of the plan has no “{member}” that can be read.', zh: '执行计划的节点 {node} 没有可读的“{member}”。' },
    { en: 'Copy the plan again, as Flink gave it.', zh: '请按 Flink 给出的原样重新复制执行计划。' },
  ),
  'plan-parallelism': entry(
    {
      en: 'Node {id} has parallelism {parallelism}; Flink knows 1 to {limit}, and −1 for undecided.',
      zh: '节点 {id} 的并行度是 {parallelism}；Flink 允许 1 到 {limit}，−1 表示尚未决定。',
    },
    { en: 'Correct the number.', zh: '请改正这个数。' },
  ),
  'plan-duplicate-id': entry(
    { en: 'Two nodes of the plan have the id {id}.', zh: '执行计划中有两个节点的 id 都是 {id}。' },
    { en: 'Give each node an id of its own, or copy the plan again.', zh: '请让每个节点的 id 各不相同，或重新复制执行计划。' },
  ),
  'plan-unknown-id': entry(
    { en: 'Node {node} reads from {id}, which is not in the plan.', zh: '节点 {node} 的输入 {id} 不在执行计划中。' },
    { en: 'The plan may be cut off: copy all of it.', zh: '执行计划可能不完整：请复制全部内容。' },
  ),
  'plan-cycle': entry(
    { en: 'Node {id} reads, by way of others, from itself.', zh: '节点 {id} 经由其他节点读取了自身的输出。' },
    {
      en: 'A Flink plan has no circle; an iteration shows as IterationSource and IterationSink.',
      zh: 'Flink 的执行计划中没有环；迭代显示为 IterationSource 和 IterationSink。',
    },
  ),
  'plan-refused': entry(
    { en: 'Flink itself would refuse this plan: {class}: {message}', zh: 'Flink 自身会拒绝此执行计划：{class}: {message}' },
    { en: 'Copy the plan again, as Flink gave it.', zh: '请按 Flink 给出的原样重新复制执行计划。' },
  ),
  'plan-unknown-strategy': entry(
    { en: 'Unknown ship strategies, drawn as CUSTOM: {names}.', zh: '未知的传输策略，按 CUSTOM 绘制：{names}。' },
    { en: 'Nothing needs to be done; the edges join all subtasks.', zh: '无需处理；这些边连接所有子任务。' },
  ),
  'plan-assumes-chaining': entry(
    {
      en: 'The plan says what operators there are, not which share a task: that is worked out by Flink’s rules under default settings.',
      zh: '执行计划只列出算子，不说明哪些共用一个任务：这里按 Flink 的默认规则推算。',
    },
    { en: 'GET /jobs/:id/plan of the running job shows its tasks as they are.', zh: '运行中作业的 GET /jobs/:id/plan 会给出实际的任务。' },
  ),
  'plan-assumes-groups': entry(
    {
      en: 'The plan does not tell slot sharing groups: all operators are taken to be in group “default”.',
      zh: '执行计划未说明槽位共享组 (slot sharing group)：假设所有算子都在 default 组。',
    },
    {
      en: 'GET /jobs/:id of Flink 1.20 or later tells which tasks share slots.',
      zh: 'Flink 1.20 及以后的 GET /jobs/:id 会说明哪些任务共享槽位。',
    },
  ),
  'plan-assumes-group-names': entry(
    {
      en: 'The plan tells which tasks share slots, but not what the groups are called.',
      zh: '执行计划说明了哪些任务共享槽位，但没有组名。',
    },
    { en: 'Nothing needs to be done; the groups are numbered.', zh: '无需处理；各组按编号命名。' },
  ),
  'plan-assumes-streaming': entry(
    { en: 'The plan does not tell streaming from batch: streaming is assumed.', zh: '执行计划未说明是流还是批：假设为流。' },
    { en: 'GET /jobs/:id/plan tells it.', zh: 'GET /jobs/:id/plan 会说明。' },
  ),
  'plan-assumes-max-parallelism': entry(
    {
      en: 'The plan does not tell max parallelism: Flink’s default for each task is assumed.',
      zh: '执行计划未说明最大并行度：假设为 Flink 给每个任务的默认值。',
    },
    { en: 'GET /jobs/:id tells it.', zh: 'GET /jobs/:id 会说明。' },
  ),
  'plan-assumes-operator': entry(
    {
      en: 'Descriptions that could not be taken apart stand for one operator each: {names}.',
      zh: '无法拆分的描述各按一个算子处理：{names}。',
    },
    {
      en: 'Nothing needs to be done; tasks, slots and exchanges are as the plan has them.',
      zh: '无需处理；任务、槽位和交换与执行计划一致。',
    },
  ),
  'plan-assumes-output': entry(
    {
      en: 'Tasks with several ends: the plan does not tell which operator feeds the next task. The last that is no sink is assumed: {names}.',
      zh: '任务有多个末端：执行计划未说明哪个算子向下一个任务输出。假设为最后一个非 sink 算子：{names}。',
    },
    { en: 'Nothing needs to be done; tasks and slots are right all the same.', zh: '无需处理；任务和槽位仍然正确。' },
  ),
  'plan-assumes-cut': entry(
    {
      en: 'The plan shows that these begin a task, not why; a chain that begins with them is assumed: {names}.',
      zh: '执行计划只显示以下算子开始一个任务，未说明原因；假设它们各自开始一条新链：{names}。',
    },
    {
      en: 'In the program, startNewChain(), disableChaining(), a slot sharing group or max parallelism may be the cause.',
      zh: '原因可能是程序中的 startNewChain()、disableChaining()、槽位共享组或最大并行度。',
    },
  ),
} satisfies Readonly<Record<string, ProblemText>>

export type ProblemCode = keyof typeof problems
