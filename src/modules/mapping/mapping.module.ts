import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/index.js';
import { MinesModule } from '../mines/index.js';
import { SaveProfile } from './app/save-profile.js';
import { ProfilesController } from './http/profiles.controller.js';

@Module({ imports: [MinesModule, ApprovalModule], controllers: [ProfilesController], providers: [SaveProfile] })
export class MappingModule {}
