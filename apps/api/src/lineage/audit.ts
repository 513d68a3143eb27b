import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { KarnamaError } from '@karnama/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who may see entities and events, and where it is written down that they did. */
export type AuditAccess = {
  readonly token: string;
  /** A line for every look at entities; the log of the server by default. */
  readonly note?: (line: string) => void;
};

/** Key under which the guard asks for the access; null when there is none. */
export const AUDIT = Symbol('access of auditors');

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes the same time whatever the two have in common. */
export const isSameToken = (given: string, token: string): boolean =>
  timingSafeEqual(digestOf(given), digestOf(token));

const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];

const challenge = 'Bearer realm="karnama audit"';

/** Lets through who shows the auditors' token (RFC 6750). */
@Injectable()
export class AuditGuard implements CanActivate {
  private readonly logger = new Logger('Audit');

  constructor(@Inject(AUDIT) private readonly access: AuditAccess | null) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (this.access === null)
      throw new KarnamaError(
        'audit-closed',
        'this server lets nobody see entities and events',
        'set KARNAMA_AUDIT_TOKEN, or use karnama lineage at the server',
      );
    const given = bearerOf(request.headers.authorization);
    if (given === undefined) {
      reply.header('www-authenticate', challenge);
      throw new KarnamaError(
        'audit-token-missing',
        'entities and events are for auditors only',
        'send the token of the auditors as Authorization: Bearer …',
      );
    }
    if (!isSameToken(given, this.access.token)) {
      reply.header('www-authenticate', `${challenge}, error="invalid_token"`);
      this.tell(`refused ${request.ip}, request ${request.id}`);
      throw new KarnamaError(
        'audit-token-refused',
        'this is not the token of the auditors',
        'ask those who run the server for it',
      );
    }
    this.tell(`${request.ip} read ${request.url}, request ${request.id}`);
    return true;
  }

  private tell(line: string): void {
    (this.access?.note ?? ((text: string) => this.logger.log(text)))(`audit: ${line}`);
  }
}
