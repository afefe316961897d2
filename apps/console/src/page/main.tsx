import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import './design/shell.css';
import './design/overview.css';
import './design/flow.css';
import './design/dashboards.css';
import './design/builder.css';
import './design/logs.css';
import './design/document.css';
import './design/around.css';
import './design/hunts.css';
import './design/guide.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
