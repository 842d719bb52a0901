import type { Address, Context } from '../../../kernel/types'
import type { FileAnswer, FileKindCode, FileRequest } from '../../external/messages'

/** More requests than a JobManager makes in its life. */
const IDS_OF_A_LEADER = 2 ** 24

/** The JobManager's way to the file system. Answers to a JobManager that is no more are dropped. */
export class FileClient {
  private readonly waiting = new Map<number, (answer: FileAnswer) => void>()
  private next: number

  constructor(
    private readonly context: () => Context,
    private readonly fileSystem: Address,
    leadership: number,
  ) {
    this.next = leadership * IDS_OF_A_LEADER
  }

  write(path: string, bytes: Uint8Array, kind: FileKindCode, done: (answer: FileAnswer) => void): void {
    this.send({ type: 'write-file', id: this.expect(done), path, bytes, kind })
  }

  read(path: string, done: (answer: FileAnswer) => void): void {
    this.send({ type: 'read-file', id: this.expect(done), path })
  }

  list(prefix: string, done: (answer: FileAnswer) => void): void {
    this.send({ type: 'list-files', id: this.expect(done), prefix })
  }

  /** A directory if it ends with a slash. */
  delete(path: string): void {
    this.send({ type: 'delete-file', path })
  }

  handle(answer: FileAnswer): void {
    const done = this.waiting.get(answer.id)
    this.waiting.delete(answer.id)
    done?.(answer)
  }

  private expect(done: (answer: FileAnswer) => void): number {
    const id = this.next++
    this.waiting.set(id, done)
    return id
  }

  private send(request: FileRequest): void {
    this.context().send(this.fileSystem, request)
  }
}
