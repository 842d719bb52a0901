import { DataStream } from './index'

/** The records that an operator emitted to a tag. Mirrors org.apache.flink.streaming.api.datastream.SideOutputDataStream without `cache`. */
export class SideOutputDataStream<T> extends DataStream<T> {}
