import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, dayInChina } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { reachOf, type Caller, type CallerHere } from '../app/caller.js';
import { RIGHTS, type Right } from '../app/rights.js';
import { standingDelegations } from '../db/delegation-queries.js';
import { MeDto, type HeldRightDto } from './auth.dto.js';
import { By, Needs } from './needs.js';

@ApiTags('me')
@Needs('self')
@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: '我是谁，在哪些部门有哪些角色和权限' })
  @ApiOkResponse({ type: MeDto })
  async get(@By() by: CallerHere): Promise<MeDto> {
    const { mine, actor, reach } = by;
    const day = dayInChina(this.clock.now());
    const delegations = await this.uow.run(reach, (tx) => standingDelegations(tx, mine, actor, day));
    return {
      ...{ username: actor, kind: by.kind, displayName: by.displayName, mine },
      mustChangePassword: by.mustChangePassword,
      roles: by.roles.map(({ role, departments, onBehalfOf }) => ({
        ...{ role, onBehalfOf, departments: departments === null ? null : [...departments] },
      })),
      ...{ rights: rightsOf(by), delegations },
    };
  }
}

function rightsOf(caller: Caller): HeldRightDto[] {
  return (Object.keys(RIGHTS) as Right[]).flatMap((right) => {
    const reach = reachOf(caller, right);
    return reach === null ? [] : [{ right, departments: reach.departments === null ? null : [...reach.departments] }];
  });
}
