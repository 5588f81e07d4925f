import { Module } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { serve } from '../serve.js';
import { ForecastController } from './forecast.controller.js';

/** The API, with one more route that contains a mistake. */
@Module({ imports: [AppModule, ProjectsModule], controllers: [ForecastController] })
class DemoModule {}

await serve(DemoModule);
