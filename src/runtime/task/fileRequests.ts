import type { Address, Context } from '../../kernel/types'
import type { FileAnswer, FileKindCode, FileRequest } from '../external/messages'

type Answered = (answer: FileAnswer) => void

/** Requests of a task to the file system that are under way. Answers come as mails. */
export class FileRequests {
  private readonly open = new Map<number, Answered>()
  private next = 0

  constructor(
    private readonly context: () => Context,
    private readonly fileSystem: Address,
  ) {}

  private ask(request: FileRequest, answered: Answered): void {
    if ('id' in request) this.open.set(request.id, answered)
    this.context().send(this.fileSystem, request)
  }

  write(path: string, bytes: Uint8Array, kind: FileKindCode, done: (error: FileAnswer['error']) => void): void {
    this.ask({ type: 'write-file', id: this.next++, path, bytes, kind }, ({ error }) => done(error))
  }

  read(path: string, done: (answer: FileAnswer) => void): void {
    this.ask({ type: 'read-file', id: this.next++, path }, done)
  }

  rename(from: string, to: string, done: (error: FileAnswer['error']) => void): void {
    this.ask({ type: 'rename-file', id: this.next++, from, to }, ({ error }) => done(error))
  }

  delete(path: string): void {
    const request: FileRequest = { type: 'delete-file', path }
    this.context().send(this.fileSystem, request)
  }

  answered(answer: FileAnswer): void {
    const done = this.open.get(answer.id)!
    this.open.delete(answer.id)
    done(answer)
  }
}
