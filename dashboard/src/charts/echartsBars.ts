import { BarChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init as create, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** A chart of bars in an element. */
export function init(element: HTMLElement): ECharts {
  return create(element, null, { renderer: 'canvas' });
}
