/** External services in the Cluster pane: what async functions ask by name. */
export const services = {
  title: { en: 'External services', zh: '外部服务' },
  about: {
    en: 'What async functions ask by name, outside of the cluster.',
    zh: '位于集群之外，供异步函数按名称请求。',
  },
  add: { en: 'Add a service', zh: '添加服务' },
  remove: { en: 'Remove {service}', zh: '删除 {service}' },
  name: { en: 'name', zh: '名称' },
  latency: { en: 'answers after, ms', zh: '应答耗时（毫秒）' },
  least: { en: 'at least, ms', zh: '最少（毫秒）' },
  most: { en: 'at most, ms', zh: '最多（毫秒）' },
  to: { en: 'to', zh: '至' },
  failing: { en: 'of 1000 requests fail', zh: '每 1000 个请求中失败' },
  echoes: { en: 'no table: it answers with the key', zh: '没有表：原样返回所请求的键' },
  tableOf: { en: 'table: {rows} rows by “{key}”', zh: '表：{rows} 行，按“{key}”查找' },
  table: { en: 'table as CSV, the first line names the columns', zh: '表（CSV 格式，首行为列名）' },
  key: { en: 'looked up by', zh: '查找所用的列' },
  row: { en: 'row {row}: ', zh: '第 {row} 行：' },
  newName: { en: 'service', zh: '服务' },
}
