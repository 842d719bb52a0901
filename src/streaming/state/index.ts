/** State as a program sees it (D-1 … D-5). Mirrors org.apache.flink.api.common.state; what stands behind it is in runtime/state. */
export * from './descriptors'
export * from './states'
export { StateTtlConfig } from './ttl'
export {
  EmbeddedRocksDBStateBackend,
  FsStateBackend,
  HashMapStateBackend,
  MemoryStateBackend,
  RocksDBStateBackend,
  StateBackend,
} from './backends'
