<?xml version="1.0" encoding="UTF-8"?>
<!-- help: who does what by when: what has still to be done first, the rest apart -->
<!--
  Action list: what has still to be done, the next date first, then what is done. See
  memobook-templates(5). To change a label, copy this file to
  ~/.local/share/memobook/templates/ and change the parameters.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">
  <xsl:import href="stock:parts.xsl"/>

  <!-- What is printed, in this order. Take a word away to hide a section. -->
  <xsl:param name="sections" select="'head open done closing'"/>

  <xsl:param name="document-title" select="'Action list'"/>
  <xsl:param name="title-open" select="'To be done'"/>
  <xsl:param name="title-done" select="'Done'"/>
  <xsl:param name="head-number" select="'No.'"/>
  <xsl:param name="head-action" select="'Action'"/>
  <xsl:param name="head-owner" select="'Owner'"/>
  <xsl:param name="head-due" select="'Due'"/>
  <xsl:param name="head-done" select="'Done on'"/>
  <xsl:param name="head-issue" select="'Issue'"/>
  <xsl:param name="text-overdue" select="'overdue'"/>
  <xsl:param name="text-earlier" select="'from the earlier meeting'"/>
  <xsl:param name="text-none" select="'No action items are recorded.'"/>
  <xsl:param name="text-none-open" select="'Nothing is left to be done.'"/>
  <xsl:param name="text-closing" select="'Action list as of'"/>

  <xsl:variable name="today" select="number(translate(/notes/@day, '-', ''))"/>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'"><xsl:call-template name="head"/></xsl:when>
      <xsl:when test="$name = 'open'"><xsl:call-template name="open"/></xsl:when>
      <xsl:when test="$name = 'done'"><xsl:call-template name="done"/></xsl:when>
      <xsl:when test="$name = 'closing'">
        <xsl:call-template name="closing">
          <xsl:with-param name="text" select="$text-closing"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="open">
    <xsl:variable name="open" select="actions/action[not(@done)]"/>
    <xsl:variable name="owned" select="boolean($open/@by)"/>
    <xsl:variable name="dated" select="boolean($open/@due)"/>
    <section class="actions">
      <h2><xsl:value-of select="$title-open"/></h2>
      <xsl:choose>
        <xsl:when test="$open">
          <table>
            <thead>
              <xsl:call-template name="heading">
                <xsl:with-param name="owned" select="$owned"/>
                <xsl:with-param name="dated" select="$dated"/>
                <xsl:with-param name="when" select="$head-due"/>
              </xsl:call-template>
            </thead>
            <tbody>
              <!-- Those without a date come last. -->
              <xsl:apply-templates select="$open[@due]">
                <xsl:sort select="@due"/>
                <xsl:with-param name="owned" select="$owned"/>
                <xsl:with-param name="dated" select="$dated"/>
              </xsl:apply-templates>
              <xsl:apply-templates select="$open[not(@due)]">
                <xsl:with-param name="owned" select="$owned"/>
                <xsl:with-param name="dated" select="$dated"/>
              </xsl:apply-templates>
            </tbody>
          </table>
        </xsl:when>
        <xsl:when test="actions/action">
          <p><xsl:value-of select="$text-none-open"/></p>
        </xsl:when>
        <xsl:otherwise><p><xsl:value-of select="$text-none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="done">
    <xsl:variable name="done" select="actions/action[@done]"/>
    <xsl:variable name="owned" select="boolean($done/@by)"/>
    <xsl:if test="$done">
      <section class="actions">
        <h2><xsl:value-of select="$title-done"/></h2>
        <table>
          <thead>
            <xsl:call-template name="heading">
              <xsl:with-param name="owned" select="$owned"/>
              <xsl:with-param name="dated" select="true()"/>
              <xsl:with-param name="when" select="$head-done"/>
            </xsl:call-template>
          </thead>
          <tbody>
            <xsl:apply-templates select="$done">
              <xsl:with-param name="owned" select="$owned"/>
              <xsl:with-param name="dated" select="true()"/>
            </xsl:apply-templates>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- A column that would be empty is left out. -->
  <xsl:template name="heading">
    <xsl:param name="owned"/>
    <xsl:param name="dated"/>
    <xsl:param name="when"/>
    <tr>
      <th><xsl:value-of select="$head-number"/></th>
      <th><xsl:value-of select="$head-action"/></th>
      <xsl:if test="$owned"><th><xsl:value-of select="$head-owner"/></th></xsl:if>
      <xsl:if test="$dated"><th><xsl:value-of select="$when"/></th></xsl:if>
      <th><xsl:value-of select="$head-issue"/></th>
    </tr>
  </xsl:template>

  <xsl:template match="action">
    <xsl:param name="owned"/>
    <xsl:param name="dated"/>
    <tr>
      <td><xsl:value-of select="@n"/></td>
      <td>
        <xsl:call-template name="lines"/>
        <xsl:if test="@earlier">
          <xsl:text> </xsl:text>
          <span class="quiet">(<xsl:value-of select="$text-earlier"/>)</span>
        </xsl:if>
        <xsl:for-each select="outcome[p]">
          <br/>
          <span class="quiet"><xsl:call-template name="row-of-text"/></span>
        </xsl:for-each>
      </td>
      <xsl:if test="$owned"><td><xsl:value-of select="@by"/></td></xsl:if>
      <xsl:if test="$dated"><td><xsl:call-template name="when"/></td></xsl:if>
      <td><xsl:value-of select="@cite"/></td>
    </tr>
  </xsl:template>

  <xsl:template name="when">
    <xsl:choose>
      <xsl:when test="@done">
        <xsl:apply-templates select="outcome/@day-words"/>
      </xsl:when>
      <xsl:when test="@due">
        <xsl:apply-templates select="@due-words"/>
        <xsl:if test="number(translate(@due, '-', '')) &lt; $today">
          <br/>
          <strong><xsl:value-of select="$text-overdue"/></strong>
        </xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
