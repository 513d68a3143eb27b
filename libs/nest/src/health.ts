import { Controller, Get, Inject, Module, type DynamicModule } from '@nestjs/common';
import { Unavailable } from '@karnama/kernel';

/** A look at something the program cannot work without; rejects when it is not there. */
export type HealthCheck = () => Promise<unknown>;

const CHECK = Symbol('health check');

const withinMilliseconds = 3000;

const inTime = async (check: HealthCheck): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), withinMilliseconds);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** `/health/live`: the process answers. `/health/ready`: what it stands on answers too, or 503. */
@Controller('health')
export class HealthController {
  constructor(@Inject(CHECK) private readonly check: HealthCheck) {}

  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<{ readonly status: 'ok' }> {
    await inTime(this.check).catch((cause: unknown) => {
      throw new Unavailable('not ready', { cause });
    });
    return { status: 'ok' };
  }
}

/** The health addresses of an app that is ready when `check` resolves within three seconds. */
@Module({})
export class HealthModule {
  static of(check: HealthCheck): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: CHECK, useValue: check }],
    };
  }
}
