export { bearer, type OpenIssuer, openIssuer } from '../../express/test/open-issuer.js';
