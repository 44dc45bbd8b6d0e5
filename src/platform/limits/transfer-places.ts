import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { isUpload, readsAll } from '../origin/origin.js';
import { askerOf } from './asker.js';
import type { Places } from './places.js';

/** Files on their way in and out, which last as long as the other side likes, and readings of all there is. */
@Injectable()
export class TransferPlaces implements NestInterceptor {
  constructor(
    private readonly uploads: Places,
    private readonly downloads: Places,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const isHeld = readsAll(request);
    if (isHeld) hold(this.downloads, request, reply);
    if (isUpload(request)) hold(this.uploads, request, reply);
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof StreamableFile && !isHeld) this.holdFor(answer, request, reply);
        return answer;
      }),
    );
  }

  private holdFor(file: StreamableFile, request: FastifyRequest, reply: FastifyReply): void {
    try {
      hold(this.downloads, request, reply);
    } catch (error) {
      file.getStream().destroy();
      throw error;
    }
  }
}

/** Until the answer is out, or its reader gone. */
function hold(places: Places, request: FastifyRequest, { raw }: FastifyReply): void {
  const giveBack = places.take(askerOf(request).house);
  if (raw.destroyed) giveBack();
  else raw.once('close', giveBack);
}
