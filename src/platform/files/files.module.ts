import { Module, type DynamicModule } from '@nestjs/common';
import { FileStore } from './file-store.js';

/** The original bytes of what was handed in, for every module. */
@Module({})
export class FilesModule {
  static with(folder: string): DynamicModule {
    const provider = { provide: FileStore, useValue: new FileStore(folder) };
    return { module: FilesModule, global: true, providers: [provider], exports: [FileStore] };
  }
}
