import { DataInput, decodeValue } from '../../../core/values'
import type { FetchedRecords, FetchRecords } from '../../external/messages'
import { InputStatus } from '../input'
import type { InputStatusCode } from '../input'
import type { ReaderOutput, SourceReader, SplitState } from './SourceReader'

/** As Kafka's `max.poll.records`, which bounds what one fetch brings. */
const MAX_RECORDS = 500
/** Fetches of one split that may lie unread before it asks for more; mirrors `source.reader.element.queue.capacity`. */
const QUEUE_CAPACITY = 2

interface Split {
  readonly partition: number
  /** The next record to ask for. */
  position: number
  unread: number
  asked: boolean
  finished: boolean
  /** As a consumer's `pause`: it asks for no more, and what comes meanwhile is given when it goes on. */
  paused: boolean
  readonly held: FetchedRecords[]
  /** A bounded read has come to its end. */
  read: boolean
}

/**
 * Reads its share of a topic's partitions; mirrors KafkaSourceReader over SourceReaderBase: one output for each split, fetches read in the order of
 * their arrival. Partition p belongs to subtask p % parallelism (KafkaSource begins at a subtask chosen by the topic's hash);
 * after a restore the partitions belong to who has them in its state, which with another parallelism is dealt anew like any list state.
 * A bounded read ends with the last record of the topic, even one that has not arrived yet; an unbounded one never ends, not even without any split.
 */
export class LogReader implements SourceReader {
  private readonly splits: Split[] = []
  private readonly queue: FetchedRecords[] = []
  private current: FetchedRecords | null = null
  private at = 0
  private readonly input = new DataInput(new Uint8Array(0))
  private open = 0

  constructor(
    private readonly topic: string,
    partitions: number,
    subtask: number,
    parallelism: number,
    private readonly bounded: boolean,
    private readonly send: (request: FetchRecords) => void,
  ) {
    for (let partition = subtask; partition < partitions; partition += parallelism) this.addSplit(partition, 0)
  }

  private addSplit(partition: number, position: number): void {
    this.splits.push({ partition, position, unread: 0, asked: false, finished: false, paused: false, held: [], read: false })
    this.open = this.splits.length
  }

  snapshotState(): readonly SplitState[] {
    return this.splits.flatMap((split, index) => (split.read ? [] : [[split.partition, this.offsetOf(split, index)]]))
  }

  /** Of the record that is emitted next. */
  private offsetOf(split: Split, index: number): number {
    if (this.current?.split === index) return this.current.offset + this.at
    const next = this.queue.find((message) => message.split === index) ?? split.held[0]
    return next === undefined ? split.position : next.offset
  }

  restoreState(splits: readonly SplitState[]): readonly (readonly [number, number])[] {
    const restored = splits as readonly (readonly [number, number])[]
    this.splits.length = 0
    this.open = 0
    for (const [partition, offset] of restored) this.addSplit(partition, offset)
    return restored
  }

  start(output: ReaderOutput): void {
    this.splits.forEach((split, index) => {
      output.createOutputForSplit(index, split.partition)
      this.ask(index, split)
    })
  }

  private ask(index: number, split: Split): void {
    if (split.asked || split.finished || split.paused || split.unread >= QUEUE_CAPACITY) return
    split.asked = true
    this.send({ type: 'fetch', split: index, topic: this.topic, partition: split.partition, offset: split.position, max: MAX_RECORDS })
  }

  fetched(message: FetchedRecords): void {
    const split = this.splits[message.split]!
    split.asked = false
    split.position = message.offset + message.count
    split.finished = message.last
    if (split.paused) split.held.push(message)
    else this.enqueue(split, message)
  }

  private enqueue(split: Split, message: FetchedRecords): void {
    split.unread++
    this.queue.push(message)
    this.ask(message.split, split)
  }

  pauseOrResumeSplit(index: number, paused: boolean): void {
    const split = this.splits[index]!
    split.paused = paused
    if (paused) return
    for (const message of split.held.splice(0)) this.enqueue(split, message)
    this.ask(index, split)
  }

  pollNext(output: ReaderOutput): InputStatusCode {
    for (;;) {
      const fetch = this.current
      if (fetch !== null && this.at < fetch.count) {
        const value = decodeValue(this.input)
        const at = this.at++
        output.emitFromSplit(fetch.split, value, fetch.timestamps[at]!, this.splits[fetch.split]!.partition, fetch.offset + at)
        return InputStatus.More
      }
      if (fetch !== null) this.finish(fetch, output)
      const next = this.queue.shift()
      if (next === undefined) return this.bounded && this.open === 0 ? InputStatus.End : InputStatus.Nothing
      this.current = next
      this.at = 0
      this.input.of(next.bytes)
      this.input.useShapes()
    }
  }

  private finish(fetch: FetchedRecords, output: ReaderOutput): void {
    const split = this.splits[fetch.split]!
    this.current = null
    split.unread--
    if (!fetch.last) return this.ask(fetch.split, split)
    if (!this.bounded) return
    split.read = true
    this.open--
    output.releaseOutputForSplit(fetch.split)
  }
}
